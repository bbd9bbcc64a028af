import type { PaymentStateJson } from '../../http/contract/payment-json.ts';
import type { RefundJson, ReviewEndJson } from '../../http/contract/staff-json.ts';
import type { Text } from '../i18n/text.ts';

/** Catalogue ids of states, for people who know them all. */
export const stateTexts: Readonly<Record<PaymentStateJson, string>> = {
  created: 'staff.state.created',
  initiating: 'staff.state.initiating',
  pending: 'staff.state.pending',
  authorized: 'staff.state.authorized',
  capturing: 'staff.state.capturing',
  canceling: 'staff.state.canceling',
  succeeded: 'staff.state.succeeded',
  failed: 'staff.state.failed',
  canceled: 'staff.state.canceled',
  expired: 'staff.state.expired',
  review: 'staff.state.review',
};

export const refundTexts: Readonly<Record<RefundJson['state'], string>> = {
  requested: 'staff.refund.requested',
  sending: 'staff.refund.sending',
  pending: 'staff.refund.pending',
  succeeded: 'staff.refund.succeeded',
  failed: 'staff.refund.failed',
  canceled: 'staff.refund.canceled',
};

export const reviewTexts: Readonly<Record<ReviewEndJson, string>> = {
  succeeded: 'staff.review.credit',
  failed: 'staff.review.not-taken',
  canceled: 'staff.review.went-back',
};

export const actionTexts: Readonly<Record<string, string>> = {
  'request-refund': 'staff.did.request-refund',
  'decide-refund': 'staff.did.decide-refund',
  'resolve-review': 'staff.did.resolve-review',
  'capture-payment': 'staff.did.capture-payment',
  'release-payment': 'staff.did.release-payment',
  'not-allowed': 'staff.did.not-allowed',
};

const whyTexts: Readonly<Record<string, string>> = {
  'the sum paid is not the sum asked': 'staff.why.sum-paid',
  'the sum held is not the sum asked': 'staff.why.sum-held',
  'no payment of ours': 'staff.why.not-ours',
  'another sum for a paid payment': 'staff.why.other-sum',
  'a second payment under the name of a paid one': 'staff.why.second',
  'one event key, two bodies': 'staff.why.two-bodies',
  'the provider claims a payment we never sent': 'staff.why.never-sent',
  'a test payment in live mode': 'staff.why.mode',
  'a live payment in test mode': 'staff.why.mode',
};

/** What does not fit, in the reader's language; what nobody foresaw, as the journal has it. */
export function whyText(text: Text, why: string): string {
  const id = whyTexts[why];
  return id === undefined ? why : text(id);
}
