import type { DeclineReason } from '../../../domain/payment-claim.ts';
import { rateLimited, secondsOf, type Trouble } from '../trouble.ts';

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
  if (status === 429) return rateLimited(secondsOf(retryAfter));
  if (status === 401 || status === 403) {
    return { tag: 'not-attempted', why: `the provider does not let us in (${String(status)})` };
  }
  return { tag: 'unknown', why: `the provider answered ${String(status)}` };
}
