import type { AutoPayEnd } from '../../domain/autopay.ts';
import type { Payment } from '../../domain/payment.ts';

/** How a round ended by its payment; undefined while nobody can tell: then it is looked at again. */
export function endOf({ state }: Payment): AutoPayEnd | undefined {
  switch (state) {
    case 'succeeded':
      return 'paid';
    case 'failed':
    case 'canceled':
    case 'expired':
      return 'declined';
    default:
      return undefined;
  }
}
