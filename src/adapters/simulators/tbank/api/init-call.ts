import type { Bank } from '../bank.ts';
import type { BankPayment } from '../bank-payment.ts';
import type { InitRequest } from './request-shapes.ts';
import { badRequest, wrongState } from './tbank-problem.ts';

/** How long a payer has when the shop does not say. */
const DEFAULT_LIFETIME_MS = 24 * 60 * 60_000;

/** Starts the one payment an order can have. */
export function startPayment(bank: Bank, request: InitRequest): BankPayment {
  const dueAt = request.RedirectDueDate ?? bank.now() + DEFAULT_LIFETIME_MS;
  if (dueAt <= bank.now()) throw badRequest('RedirectDueDate: is not in the future');
  if (bank.ofOrder(request.OrderId) !== undefined) {
    throw wrongState(`OrderId: ${request.OrderId} has a payment already`);
  }
  return bank.start({
    orderId: request.OrderId,
    amount: request.Amount,
    description: request.Description ?? '',
    twoSteps: request.PayType === 'T',
    language: request.Language,
    notificationUrl: request.NotificationURL,
    successUrl: request.SuccessURL,
    failUrl: request.FailURL,
    dueAt,
    extra: request.DATA,
  });
}
