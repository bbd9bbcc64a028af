import type { PhoneNumber } from '../../domain/phone-number.ts';

/** What became of a text given to an operator. `unknown`: it may have been sent. */
export type SmsOutcome =
  | { readonly outcome: 'accepted'; readonly reference: string }
  | { readonly outcome: 'refused'; readonly why: string }
  | { readonly outcome: 'not-attempted'; readonly retryAfterMs: number; readonly why: string }
  | { readonly outcome: 'unknown'; readonly why: string };

/** An operator that takes short messages. Never throws for an answer, and keeps texts and numbers out of errors. */
export interface SmsSender {
  send(to: PhoneNumber, text: string, reference: string): Promise<SmsOutcome>;
}
