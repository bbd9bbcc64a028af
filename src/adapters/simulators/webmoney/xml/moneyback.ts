import { z } from 'zod';
import { minorOf } from '../decimal-amount.ts';
import { moscowTime } from '../moscow-time.ts';
import type { PaymentDesk } from '../payment-desk.ts';
import type { Operation } from '../transfer-book.ts';
import { admitOwner, digits, keeperFields, text, withNumber } from './keeper-request.ts';
import type { RequestNumbers } from './request-numbers.ts';
import { element } from './xml-answer.ts';
import type { Xml } from './xml-answer.ts';
import { XmlProblem, retvals } from './xml-calls.ts';
import type { XmlCall } from './xml-calls.ts';

const DAY_MS = 24 * 60 * 60_000;
const REFUND_DAYS = 30;

const shape = z
  .object({
    'w3s.request': z.object({
      ...keeperFields,
      trans: z.object({ inwmtranid: digits, amount: text, moneybackphone: text }),
    }),
  })
  .transform((document) => document['w3s.request']);
type Moneyback = z.infer<typeof shape>;

/** X14: pays back an incoming transfer, or a part of it. */
export function moneyback(desk: PaymentDesk, numbers: RequestNumbers): XmlCall<Moneyback> {
  return {
    kind: 'refund',
    root: 'w3s.response',
    shape,
    admit: (request) => admitOwner(request, desk.purse),
    lead: withNumber,
    work: ({ reqn, trans }) => {
      numbers.take(reqn);
      return [operation(refund(desk, trans), trans.inwmtranid)];
    },
  };
}

function refund(desk: PaymentDesk, { inwmtranid, amount }: Moneyback['trans']): Operation {
  const amountMinor = minorOf(amount);
  if (amountMinor === undefined) throw new XmlProblem(retvals.badRequest, 'amount is wrong');
  const payment = desk.withTransfer(inwmtranid);
  const transfer = payment?.transfer;
  if (payment === undefined || transfer === undefined) {
    throw new XmlProblem(retvals.unknown, `there is no incoming transfer ${inwmtranid}`);
  }
  if (desk.now() > transfer.at + REFUND_DAYS * DAY_MS) {
    throw new XmlProblem(retvals.tooLate, `the transfer is older than ${REFUND_DAYS} days`);
  }
  const refunded = desk.refund(payment, amountMinor);
  if (refunded !== undefined) return refunded;
  throw new XmlProblem(retvals.notSoMuchLeft, `${amount} is more than what is left of it`);
}

function operation(refunded: Operation, inwmtranid: string): Xml {
  const { id, from, to, amountText, description, at } = refunded;
  const children = [
    element('inwmtranid', inwmtranid),
    element('pursesrc', from),
    element('pursedest', to),
    element('amount', amountText),
    element('comiss', '0.00'),
    element('desc', description),
    element('datecrt', moscowTime(at)),
  ];
  return element('operation', children, { id, ts: id });
}
