import type { Bank } from '../bank.ts';
import { isOpen } from '../bank-payment.ts';
import type { BankPayment } from '../bank-payment.ts';
import { decline, expire, pay } from '../payment-moves.ts';
import type { Fact } from '../payment-moves.ts';
import { isDemo } from '../terminal.ts';
import type { Fields } from '../token.ts';
import type { SbpTestRequest } from './request-shapes.ts';
import { TbankProblem, badRequest, errorCodes, wrongState } from './tbank-problem.ts';

/** Acts as a payer who has scanned the QR code; for test terminals only. */
export function payTestQr(bank: Bank, payment: BankPayment, request: SbpTestRequest): Fields {
  if (!isDemo(bank.terminal.key)) {
    throw new TbankProblem(errorCodes.wrongTerminal, 'Only a test terminal can do this');
  }
  if (request.IsDeadlineExpired && request.IsRejected) {
    throw badRequest('IsRejected: stands beside IsDeadlineExpired');
  }
  if (!isOpen(payment)) throw wrongState(`${payment.status} can no more be paid`);
  if (!payment.hasQr) throw wrongState('nobody has asked for its QR code');
  void bank.tell(payment, act(payment, request));
  return { PaymentId: payment.id, OrderId: payment.orderId };
}

function act(payment: BankPayment, request: SbpTestRequest): Fact[] {
  if (request.IsDeadlineExpired) return expire(payment);
  if (request.IsRejected) return decline(payment, 'declined');
  return pay(payment, undefined);
}
