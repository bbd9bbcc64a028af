import type { SmsOutcome } from '../../application/ports/sms-sender.ts';

/** One part of a text as the operator answered it. */
export interface AnsweredPart {
  readonly status?: unknown;
  readonly messageId?: unknown;
  readonly errorText?: unknown;
}

const soonMs = 2_000;
/** Somebody has to mend something; the code may still be of use by then. */
const mendedMs = 30_000;

interface Meaning {
  readonly why: string;
  /** The number or our request is at fault: trying again changes nothing. Otherwise: after so long. */
  readonly again: 'never' | number;
}

/** Source: Vonage, "SMS API error codes". */
const meanings: Readonly<Record<string, Meaning>> = {
  '1': { why: 'the operator limits our rate', again: soonMs },
  '2': { why: 'a parameter is missing', again: 'never' },
  '3': { why: 'a parameter is wrong', again: 'never' },
  '4': { why: 'the operator does not take our credentials', again: mendedMs },
  '5': { why: 'an error inside the operator', again: soonMs },
  '6': { why: 'the operator has no way to this number', again: 'never' },
  '7': { why: 'the number is barred', again: 'never' },
  '8': { why: 'our account at the operator is barred', again: mendedMs },
  '9': { why: 'our account at the operator has no money', again: mendedMs },
  '10': { why: 'too many connections to the operator', again: soonMs },
  '11': { why: 'our account at the operator may not use HTTP', again: mendedMs },
  '12': { why: 'the text is too long', again: 'never' },
  '14': { why: 'the signature is wrong', again: 'never' },
  '15': { why: 'the operator does not take our sender name', again: 'never' },
  '22': { why: 'the network code is wrong', again: 'never' },
  '23': { why: 'the callback address is wrong', again: 'never' },
  '29': { why: 'the number is not on the list of the demo account', again: 'never' },
  '32': { why: 'signature and secret were given together', again: 'never' },
  '33': { why: 'the number was given up', again: 'never' },
};

/** What the operator's answer to one text means, all its parts together. */
export function outcomeOfParts(parts: readonly AnsweredPart[]): SmsOutcome {
  const [first] = parts;
  if (first === undefined) return { outcome: 'unknown', why: 'the operator answered nothing' };
  const failed = parts.find(({ status }) => status !== '0');
  if (failed === undefined) return { outcome: 'accepted', reference: reference(first) };
  // Half a text is on its way: nobody knows what the phone will show.
  if (parts.some(({ status }) => status === '0')) {
    return { outcome: 'unknown', why: 'the operator took only some parts of the text' };
  }
  const status = typeof failed.status === 'string' ? failed.status : '';
  const meaning = Object.hasOwn(meanings, status) ? meanings[status] : undefined;
  if (meaning === undefined) return { outcome: 'unknown', why: 'an unheard-of status' };
  const why = `${meaning.why} (status ${status})`;
  if (meaning.again === 'never') return { outcome: 'refused', why };
  const retryAfterMs = askedWait(failed.errorText) ?? meaning.again;
  return { outcome: 'not-attempted', retryAfterMs, why };
}

/** What an answer that is no answer of the SMS API means. */
export function outcomeOfHttp(status: number, retryAfter: string | undefined): SmsOutcome {
  const why = `the operator answered HTTP ${status}`;
  if (status === 401 || status === 403) {
    return { outcome: 'not-attempted', retryAfterMs: mendedMs, why };
  }
  if (status === 420 || status === 429) {
    const seconds = Number(retryAfter ?? NaN);
    const asked = seconds > 0 && seconds <= 3_600 ? Math.ceil(seconds * 1_000) : soonMs;
    return { outcome: 'not-attempted', retryAfterMs: asked, why };
  }
  const isRefusal = status >= 400 && status < 500;
  return isRefusal ? { outcome: 'refused', why } : { outcome: 'unknown', why };
}

const neverConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** What a connection that broke means; `code` is the system's name of the trouble, where there is one. */
export function outcomeOfBreak(code: string): SmsOutcome {
  return neverConnected.includes(code)
    ? { outcome: 'not-attempted', retryAfterMs: soonMs, why: `no connection (${code})` }
    : { outcome: 'unknown', why: 'the connection broke or the answer did not come in time' };
}

function reference({ messageId }: AnsweredPart): string {
  return typeof messageId === 'string' ? messageId.slice(0, 100) : '';
}

/** "please wait [ 250 ] and retry": milliseconds, as the operator writes them. */
function askedWait(errorText: unknown): number | undefined {
  const found = typeof errorText === 'string' ? /\[\s*(\d{1,6})\s*\]/.exec(errorText) : undefined;
  return found?.[1] === undefined ? undefined : Math.max(Number(found[1]), 100);
}
