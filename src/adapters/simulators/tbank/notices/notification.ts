import { randomUUID } from 'node:crypto';
import type { Notice } from '../../notifier.ts';
import type { BankPayment } from '../bank-payment.ts';
import type { Fact } from '../payment-moves.ts';
import type { Terminal } from '../terminal.ts';
import { withToken } from '../token.ts';
import type { Fields } from '../token.ts';
import { forged } from './forgery.ts';
import type { Forgery } from './forgery.ts';

const headers = { 'content-type': 'application/json' };

/** Makes the notification of a fact, or a bad one in its place. */
export function noticeOf(
  payment: BankPayment,
  fact: Fact,
  terminal: Terminal,
  forge?: Forgery,
): Notice {
  const fields = notificationFields(payment, fact, terminal);
  const signed =
    forge === undefined ? withToken(fields, terminal.password) : forged(fields, terminal, forge);
  const body = JSON.stringify(signed);
  return {
    id: randomUUID(),
    paymentId: payment.orderId,
    kind: fact.status,
    url: payment.notificationUrl,
    repeats: forge === undefined,
    write: () => ({ headers, body }),
  };
}

/** A card appears only where one was used; what the shop sent with the payment comes back nested. */
function notificationFields(payment: BankPayment, fact: Fact, terminal: Terminal): Fields {
  const { status, amount, errorCode, card } = fact;
  return {
    TerminalKey: terminal.key,
    OrderId: payment.orderId,
    Success: errorCode === '0',
    Status: status,
    PaymentId: Number(payment.id),
    ErrorCode: errorCode,
    Amount: amount,
    ...(card === undefined ? {} : { CardId: card.id, Pan: card.pan, ExpDate: card.expDate }),
    ...(payment.extra === undefined ? {} : { Data: payment.extra }),
  };
}
