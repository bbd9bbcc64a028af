import type { OfferedMethod } from '../../application/payments/list-payment-methods.ts';
import type { Operation } from '../../domain/operation.ts';
import type { Payment } from '../../domain/payment.ts';
import type { SavedMethod } from '../../domain/saved-method.ts';
import { printedCode, type Receipt } from '../../domain/receipt.ts';
import { isoText } from '../../domain/time.ts';
import type { PaymentJson, PaymentMethodJson } from './contract/payment-json.ts';
import { toMoneyJson } from './to-json.ts';

export const toMethodJson = (
  offered: OfferedMethod,
  more: { readonly saved: readonly SavedMethod[]; readonly canBeSaved: boolean },
): PaymentMethodJson => ({
  method: offered.method.code,
  title: offered.method.title,
  marks: [...offered.method.marks],
  min: toMoneyJson(offered.min),
  max: toMoneyJson(offered.max),
  fee: toMoneyJson(offered.fee),
  ...(offered.converted !== undefined && { converted: toMoneyJson(offered.converted) }),
  available: offered.isAvailable,
  canBeSaved: more.canBeSaved,
  saved: more.saved
    .filter(({ method, provider }) => isFor(offered, method, provider))
    .map(({ id, title }) => ({ id, title })),
  speed: offered.method.speed,
});

const isFor = ({ method }: OfferedMethod, code: string, provider: string): boolean =>
  method.code === code && method.routes.some((route) => route.provider === provider);

/** What is known of a payment beyond itself: what only its end brings, and whether it can be taken back. */
export interface PaymentMore {
  readonly receipt?: Receipt | undefined;
  readonly operation?: Operation | undefined;
  readonly canCancel: boolean;
}

export function toPaymentJson(payment: Payment, more: PaymentMore): PaymentJson {
  const { receipt, operation, canCancel } = more;
  return {
    id: payment.id,
    accountId: payment.accountId,
    accountNumber: payment.accountNumber,
    state: payment.state,
    late: payment.state === 'succeeded' && payment.late,
    method: payment.method,
    provider: payment.provider,
    amount: toMoneyJson(payment.amount),
    fee: toMoneyJson(payment.fee),
    charge: toMoneyJson(payment.state === 'succeeded' ? payment.captured : payment.charge),
    ...(payment.savedMethod !== undefined && { savedMethod: payment.savedMethod }),
    canCancel,
    createdAt: isoText(payment.createdAt),
    updatedAt: isoText(payment.updatedAt),
    ...(payment.state === 'succeeded' ? { paidAt: isoText(payment.paidAt) } : {}),
    ...(payment.state === 'failed' ? { reason: payment.reason } : {}),
    ...(payment.state === 'pending' ? pendingJson(payment) : {}),
    ...(receipt === undefined ? {} : { receipt: receiptLink(receipt) }),
    ...(operation === undefined ? {} : { operationId: operation.id }),
  };
}

function pendingJson(payment: Extract<Payment, { state: 'pending' }>): Partial<PaymentJson> {
  const expiresAt = isoText(payment.expiresAt);
  const { redirect } = payment;
  if (redirect === undefined) return { expiresAt };
  if (redirect.kind === 'get') return { expiresAt, redirect };
  const fields = redirect.fields.map(([name, value]): [string, string] => [name, value]);
  return { expiresAt, redirect: { ...redirect, fields } };
}

const receiptLink = (receipt: Receipt) => ({
  number: receipt.number,
  code: printedCode(receipt.code),
  url: `/api/payments/${receipt.paymentId}/receipt.pdf`,
});
