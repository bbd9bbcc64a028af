import type { NoticeOutcome } from '../../application/ports/notice-channel.ts';

/** How long one message may take: the next channel must have its turn while the incident is young. */
export const usualTimeoutMs = 4_000;

/**
 * Ends the work at its deadline and turns what it throws into an outcome; the signal tells it to stop. Errors of
 * packages may hold addresses and secrets: of them only a code gets out.
 */
export async function inTime(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<NoticeOutcome>,
): Promise<NoticeOutcome> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<NoticeOutcome>((resolve) => {
    timer = setTimeout(() => {
      resolve({ outcome: 'unknown', why: 'no answer in time' });
      ending.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(ending.signal).catch(outcomeOfError), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Before a connection stands nothing has left the house. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What an error of the network means. */
export function outcomeOfError(error: unknown): NoticeOutcome {
  const code = codeOf(error);
  return neverLeft.has(code)
    ? { outcome: 'not-attempted', why: `no connection (${code})` }
    : {
        outcome: 'unknown',
        why: code === '' ? 'the connection broke' : `the connection broke (${code})`,
      };
}

/** The first code in the chain of causes; several addresses that were tried are one error with many. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(error.code)) {
    return error.code;
  }
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  return codeOf(first ?? error.cause);
}
