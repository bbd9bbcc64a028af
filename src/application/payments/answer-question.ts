import { isEqual } from '../../domain/money.ts';
import { isOutOfTime } from '../../domain/payment.ts';
import type { Clock } from '../ports/clock.ts';
import type { PaymentDesk } from '../ports/payment-desk.ts';
import type { PaymentProvider, Reading } from '../ports/payment-provider.ts';
import type { PaymentStore } from '../ports/payment-store.ts';

type Question = Extract<Reading, { readonly tag: 'question' }>;

/**
 * Answers a provider that asks before the payer's money moves: may this payment still be paid, with this sum? Changes
 * nothing. A question without a name, which some settings of a provider bring, is answered with yes: the proof decides.
 */
export const answerQuestion =
  (payments: PaymentStore, desk: PaymentDesk, clock: Clock) =>
  async (provider: PaymentProvider, { of, amount }: Question): Promise<boolean> => {
    if (of === undefined) return true;
    const id = await payments.locate(provider.code, of);
    const payment = id && (await desk.find(id));
    if (payment === undefined || payment.provider !== provider.code) return false;
    const isOpen = payment.state === 'initiating' || payment.state === 'pending';
    const isSum = amount !== undefined && isEqual(amount, payment.charge);
    return isOpen && isSum && !isOutOfTime(payment, clock.now());
  };
export type AnswerQuestion = ReturnType<typeof answerQuestion>;
