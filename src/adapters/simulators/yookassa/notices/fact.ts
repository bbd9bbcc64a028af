import type { Json } from '../yookassa-answers.ts';

/** Something that happened, as a notification tells it: a snapshot taken at that moment. */
export interface Fact {
  readonly event: string;
  readonly object: Json;
  /** The shop's payment it speaks of. */
  readonly paymentId: string;
}
