import { createHmac } from 'node:crypto';
import type { NoticeMessage } from '../../application/ports/notice-channel.ts';
import { isoText } from '../../domain/time.ts';

/** What a webhook's receiver gets: the facts, in the order of severity. */
export const webhookBody = ({ id, severity, at, subject, news }: NoticeMessage): string =>
  JSON.stringify({
    id,
    at: isoText(at),
    severity,
    subject,
    incidents: news.map(({ firstAt, lastAt, openings: _, ...one }) => ({
      ...one,
      firstAt: isoText(firstAt),
      lastAt: isoText(lastAt),
    })),
  });

/**
 * Headers by which a receiver knows that a body is ours, is new and was not sent before: `webhook-signature` is
 * HMAC-SHA256, in base64, over `id.timestamp.body`; the timestamp is in seconds.
 */
export function signedHeaders(
  secret: string,
  id: string,
  body: string,
  sentAtMs: number,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(sentAtMs / 1_000));
  const signature = createHmac('sha256', secret)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
