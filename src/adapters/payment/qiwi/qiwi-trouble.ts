import type { Outcome } from '../../../application/ports/payment-provider.ts';

/** A call that did not go well, in the words of the port. */
export type Trouble = Exclude<Outcome<never>, { readonly tag: 'done' }>;

export const unreadable: Trouble = {
  tag: 'unknown',
  why: 'the answer has not the form it should have',
};

/** The bill, or the refund, is not there. */
export const notFoundCode = 'api.invoice.not.found';

/** What an answer beside 200 means. `code` is QIWI's own; without it something else has answered in its place. */
export function troubleOfStatus(
  status: number,
  code: string | undefined,
  retryAfter: string | null,
): Trouble {
  switch (status) {
    case 429:
      return limited(retryAfter);
    case 401:
    case 403:
      return {
        ...{ tag: 'not-attempted', why: `the provider does not take our key (${String(status)})` },
      };
    case 400:
    case 404:
    case 405:
    case 406:
    case 415:
      return code === undefined || isTheirs(code) ? unclear(status) : refused(code);
    default:
      return unclear(status);
  }
}

/** Trouble of their own, whatever status it comes with. */
const isTheirs = (code: string): boolean => code === 'default' || code.startsWith('internal.');

const unclear = (status: number): Trouble => ({
  ...{ tag: 'unknown', why: `the provider answered ${String(status)}` },
});

/** Its code only, never its sentences: those may quote what was sent. */
const refused = (code: string): Trouble => ({
  tag: 'invalid',
  why: `the provider does not take the request (${/^[a-z.]+$/.test(code) ? code : 'no code'})`,
});

function limited(retryAfter: string | null): Trouble {
  const seconds = retryAfter === null || retryAfter === '' ? NaN : Number(retryAfter);
  const wait = seconds >= 0 && seconds <= 3_600 ? { retryAfterMs: Math.ceil(seconds * 1_000) } : {};
  return { tag: 'not-attempted', why: 'the provider limits our rate', ...wait };
}

const badPort = 'bad port';
const neverConnected = [
  badPort,
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  // Nothing is sent before the certificate is believed.
  ...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_HAS_EXPIRED'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'],
];

/** What a call without an answer means. */
export function troubleOfError(error: unknown): Trouble {
  const code = codeOf(error instanceof Error ? error.cause : undefined);
  return code !== undefined && neverConnected.includes(code)
    ? { tag: 'not-attempted', why: `no connection to the provider (${code})` }
    : { tag: 'unknown', why: 'the connection broke or the answer did not come in time' };
}

function codeOf(cause: unknown): string | undefined {
  // A name with several addresses fails with the errors of all of them.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  for (const one of [cause, first]) {
    if (typeof one === 'object' && one !== null && 'code' in one) return String(one.code);
  }
  // The platform itself does not go to ports of other services, and has no code for that.
  return cause instanceof Error && cause.message === badPort ? badPort : undefined;
}
