import type { Outcome } from '../../../application/ports/payment-provider.ts';
import type { DeclineReason } from '../../../domain/payment-claim.ts';

/** A call that did not go well, in the words of the port. */
export type Trouble = Exclude<Outcome<never>, { readonly tag: 'done' }>;

/** The bank does not know our terminal, our token, or has blocked us: it did nothing. */
const keyCodes: readonly string[] = ['202', '204', '331'];

const reasons: Readonly<Record<string, DeclineReason>> = {
  '99': 'declined',
  '101': 'three_ds_failed',
  '103': 'insufficient_funds',
  '1001': 'declined',
  '1051': 'insufficient_funds',
  '1057': 'method_restricted',
};

/** Why the payer's bank said no, as much of it as a payer is told. */
export const declineReason = (code: string | undefined): DeclineReason =>
  (code !== undefined && Object.hasOwn(reasons, code) ? reasons[code] : undefined) ?? 'declined';

/** What a code of the bank means for a call that surely had no effect. */
export function troubleOfCode(code: string): Trouble {
  const name = /^\d{1,6}$/.test(code) ? code : 'no code';
  if (isKeyTrouble(code)) {
    return { tag: 'not-attempted', why: `the provider does not take our terminal (${name})` };
  }
  if (Object.hasOwn(reasons, code)) return { tag: 'declined', reason: declineReason(code) };
  return { tag: 'invalid', why: `the provider does not take the request (${name})` };
}

export const isKeyTrouble = (code: string): boolean => keyCodes.includes(code);

/** What a status beside 200 means: errors of the bank come with 200, so these are of what stands before it. */
export function troubleOfStatus(status: number, retryAfter: string | null): Trouble {
  if (status === 429) {
    const seconds = retryAfter === null || retryAfter === '' ? NaN : Number(retryAfter);
    const wait =
      seconds >= 0 && seconds <= 3_600 ? { retryAfterMs: Math.ceil(seconds * 1_000) } : {};
    return { tag: 'not-attempted', why: 'the provider limits our rate', ...wait };
  }
  if (status === 401 || status === 403) {
    return { tag: 'not-attempted', why: `the provider does not let us in (${String(status)})` };
  }
  return { tag: 'unknown', why: `the provider answered ${String(status)}` };
}

const badPort = 'bad port';
const neverConnected = [
  badPort,
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  // Nothing is sent before the certificate is believed; a forgotten root certificate ends here.
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
