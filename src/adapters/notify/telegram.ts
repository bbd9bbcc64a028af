import type { NoticeChannel } from '../../application/ports/notice-channel.ts';
import { post } from './http-post.ts';
import { usualTimeoutMs } from './in-time.ts';
import { telegramBody } from './telegram-wire.ts';

export interface TelegramSettings {
  /** `https://api.telegram.org`, or the way out of the DMZ to it. No slash at the end. */
  readonly url: string;
  readonly token: string;
}

/** Messages of a Telegram bot; an address is the id of a chat. */
export const telegramChannel = (
  { url, token }: TelegramSettings,
  timeoutMs = usualTimeoutMs,
): NoticeChannel => ({
  send: (address, message) =>
    post(
      {
        url: `${url}/bot${token}/sendMessage`,
        headers: {},
        body: telegramBody(address, message),
      },
      timeoutMs,
      message.id,
    ),
});
