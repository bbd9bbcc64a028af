import type { PaymentId } from '../../domain/ids.ts';
import type { Payment } from '../../domain/payment.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { PaymentDesk } from '../ports/payment-desk.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import { finishCancel, startCancel } from './cancel-payment.ts';
import type { SettlePayment } from './settle-payment.ts';

export type ReleasePaymentRefusal =
  { readonly reason: 'not-found' } | { readonly reason: 'not-held' };

/** Gives held money back without taking any of it. */
export const releasePayment =
  (desk: PaymentDesk, providers: readonly PaymentProvider[], settle: SettlePayment) =>
  async (id: PaymentId): Promise<Result<Payment, ReleasePaymentRefusal>> => {
    const found = await desk.find(id);
    if (found === undefined) return refused({ reason: 'not-found' });
    const provider = providers.find(({ code }) => code === found.provider);
    if (provider?.cancel === undefined) return refused({ reason: 'not-held' });
    const applied = await settle(id, (payment, now) =>
      payment.state === 'authorized' ? startCancel(payment, now) : { kind: 'same' },
    );
    if (applied.result !== 'moved' || applied.payment.state !== 'canceling') {
      return refused({ reason: 'not-held' });
    }
    const { payment } = applied;
    return ok((await finishCancel(payment, provider, settle)) ?? payment);
  };
export type ReleasePayment = ReturnType<typeof releasePayment>;
