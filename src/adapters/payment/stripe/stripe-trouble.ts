import type { DeclineReason } from '../../../domain/payment-claim.ts';
import { rateLimited, troubleOfError, type Trouble } from '../trouble.ts';

/** What the package's errors carry; anything may be missing. */
interface StripeErrorShape {
  readonly type?: unknown;
  readonly rawType?: unknown;
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly decline_code?: unknown;
  readonly param?: unknown;
  readonly headers?: unknown;
  readonly detail?: unknown;
}

/**
 * Sorts an error of the package. Only what surely had no effect is `not-attempted`; nothing of the provider's
 * wording goes further than this file. Source: Stripe's table of HTTP status and error types.
 */
export function troubleOf(error: unknown): Trouble {
  const told: StripeErrorShape = typeof error === 'object' && error !== null ? error : {};
  switch (told.statusCode) {
    case undefined:
      return troubleOfError(told.detail);
    case 429:
      return limited(told);
    case 401:
    case 403:
      return { tag: 'not-attempted', why: `the provider does not take our key (${nameOf(told)})` };
    case 402:
      return { tag: 'declined', reason: declineReason(told.code, told.decline_code) };
    case 409:
      return { tag: 'unknown', why: 'the first call under this key is still running' };
    case 400:
    case 404:
      return wrongRequest(told);
    default:
      return { tag: 'unknown', why: `the provider answered ${String(told.statusCode)}` };
  }
}

/** Whether the provider says that it has never heard of the thing asked for. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'statusCode' in error &&
  error.statusCode === 404 &&
  'code' in error &&
  error.code === 'resource_missing';

/** Why the bank said no, as much of it as a payer is told. */
export function declineReason(code: unknown, declineCode: unknown): DeclineReason {
  const known = [declineCode, code].find(
    (one) => typeof one === 'string' && Object.hasOwn(reasons, one),
  );
  return typeof known === 'string' ? (reasons[known] ?? 'declined') : 'declined';
}

// A lost or stolen card is plainly `declined`: the payer may be the thief.
const reasons: Readonly<Record<string, DeclineReason>> = {
  insufficient_funds: 'insufficient_funds',
  expired_card: 'card_expired',
  authentication_required: 'three_ds_failed',
  payment_intent_authentication_failure: 'three_ds_failed',
  card_velocity_exceeded: 'limit_exceeded',
  withdrawal_count_limit_exceeded: 'limit_exceeded',
  issuer_not_available: 'issuer_unavailable',
  try_again_later: 'issuer_unavailable',
  processing_error: 'issuer_unavailable',
  currency_not_supported: 'method_restricted',
  card_not_supported: 'method_restricted',
};

function limited({ headers }: StripeErrorShape): Trouble {
  const isTold = typeof headers === 'object' && headers !== null && 'retry-after' in headers;
  return rateLimited(isTold ? Number(headers['retry-after']) : NaN);
}

function wrongRequest(told: StripeErrorShape): Trouble {
  // Something went out under this key before, and it may have had its effect.
  if (told.rawType === 'idempotency_error' || told.type === 'StripeIdempotencyError') {
    return { tag: 'unknown', why: 'this key was used with other parameters' };
  }
  return { tag: 'invalid', why: `the provider does not take the request (${nameOf(told)})` };
}

/** The provider's code and field names, never its sentences: those may quote what was sent. */
function nameOf({ code, param }: StripeErrorShape): string {
  const words = [code, param].filter(
    (word): word is string => typeof word === 'string' && /^[a-z0-9_[\]]{1,80}$/.test(word),
  );
  return words.length === 0 ? 'no code' : words.join(' ');
}
