import type { NoticeOutcome } from '../../application/ports/notice-channel.ts';
import { inTime } from './in-time.ts';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
/** Nobody who asks us to wait longer is believed. */
const longestWaitMs = 15 * 60_000;

/** Posts JSON and follows no redirect: what was allowed is this address and no other. The answer's text is not read. */
export const post = (
  { url, headers, body }: Post,
  timeoutMs: number,
  reference: string,
): Promise<NoticeOutcome> =>
  inTime(timeoutMs, async (signal) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal,
    });
    await response.body?.cancel();
    return outcomeOfStatus(response.status, response.headers.get('retry-after') ?? '', reference);
  });

/** What an answer's status means. */
export function outcomeOfStatus(
  status: number,
  retryAfter: string,
  reference: string,
): NoticeOutcome {
  const why = `answered ${String(status)}`;
  if (status >= 200 && status < 300) return { outcome: 'accepted', reference };
  if (status === 429 || status === 503) {
    const seconds = /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : 5;
    const retryAfterMs = Math.min(seconds * 1_000, longestWaitMs);
    return { outcome: 'not-attempted', retryAfterMs, why };
  }
  // Who we are is our settings' matter: it may be mended, so the notice waits.
  if (status === 401 || status === 403) return { outcome: 'not-attempted', why };
  if (status >= 300 && status < 500 && status !== 408) return { outcome: 'refused', why };
  return { outcome: 'unknown', why };
}
