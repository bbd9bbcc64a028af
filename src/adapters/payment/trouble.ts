import type { Outcome } from '../../application/ports/payment-provider.ts';

/** A call that did not go well, in the words of the port. */
export type Trouble = Exclude<Outcome<never>, { readonly tag: 'done' }>;

export const unreadable: Trouble = {
  tag: 'unknown',
  why: 'the answer has not the form it should have',
};

/** Nobody is believed who asks for a longer wait than this. */
const longestWaitSeconds = 3_600;

/** What 429 means, with the seconds the provider asks us to wait, where it does. */
export function rateLimited(seconds = NaN): Trouble {
  const isSensible = seconds >= 0 && seconds <= longestWaitSeconds;
  const wait = isSensible ? { retryAfterMs: Math.ceil(seconds * 1_000) } : {};
  return { tag: 'not-attempted', why: 'the provider limits our rate', ...wait };
}

/** The seconds of a Retry-After header; NaN for none. */
export const secondsOf = (retryAfter: string | null): number =>
  retryAfter === null || retryAfter === '' ? NaN : Number(retryAfter);

/** `fetch` refuses ports of other services before it opens a socket, and gives no code. */
const badPort = 'bad port';
const neverConnected: readonly string[] = [
  badPort,
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  // Nothing is sent before the certificate is believed; a forgotten root certificate ends here.
  ...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_HAS_EXPIRED'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'],
];

/** What a call without an answer means, by its error or by what that was caused by. Only what surely never left is `not-attempted`. */
export function troubleOfError(error: unknown): Trouble {
  const code = codeOf(error) ?? codeOf(error instanceof Error ? error.cause : undefined);
  return code !== undefined && neverConnected.includes(code)
    ? { tag: 'not-attempted', why: `no connection to the provider (${code})` }
    : { tag: 'unknown', why: 'the connection broke or the answer did not come in time' };
}

function codeOf(error: unknown): string | undefined {
  // A name with several addresses fails with the errors of all of them.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  for (const one of [error, first]) {
    if (typeof one !== 'object' || one === null || !('code' in one)) continue;
    // A DOMException has a number there.
    if (typeof one.code === 'string') return one.code;
  }
  return error instanceof Error && error.message === badPort ? badPort : undefined;
}
