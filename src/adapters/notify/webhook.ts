import type { NoticeChannel } from '../../application/ports/notice-channel.ts';
import { post } from './http-post.ts';
import { usualTimeoutMs } from './in-time.ts';
import { signedHeaders, webhookBody } from './webhook-wire.ts';

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

/** Signed JSON to programs. An address is the name of a target in the list; nothing else is ever called. */
export const webhookChannel = (
  targets: ReadonlyMap<string, WebhookTarget>,
  timeoutMs = usualTimeoutMs,
): NoticeChannel => ({
  send: async (address, message) => {
    const target = targets.get(address);
    if (target === undefined) return { outcome: 'refused', why: 'no such target' };
    const body = webhookBody(message);
    const headers = signedHeaders(target.secret, message.id, body, message.at);
    return post({ url: target.url, headers, body }, timeoutMs, message.id);
  },
});
