import { z } from 'zod';
import { fromMoscowTime, moscowTime } from '../moscow-time.ts';
import type { PaymentDesk } from '../payment-desk.ts';
import type { Operation } from '../transfer-book.ts';
import { admitOwner, keeperFields, text, withNumber } from './keeper-request.ts';
import type { RequestNumbers } from './request-numbers.ts';
import { element } from './xml-answer.ts';
import type { Xml } from './xml-answer.ts';
import { XmlProblem, retvals } from './xml-calls.ts';
import type { XmlCall } from './xml-calls.ts';

const filter = z
  .string()
  .regex(/^\d{0,15}$/)
  .default('');
const shape = z
  .object({
    'w3s.request': z.object({
      ...keeperFields,
      getoperations: z.object({
        purse: text,
        wmtranid: filter,
        tranid: filter,
        wminvid: filter,
        orderid: filter,
        datestart: text,
        datefinish: text,
      }),
    }),
  })
  .transform((document) => document['w3s.request']);
type HistoryRequest = z.infer<typeof shape>;
type Wanted = HistoryRequest['getoperations'];

/** X3: what came into the purse and went out of it between two moments. */
export function history(desk: PaymentDesk, numbers: RequestNumbers): XmlCall<HistoryRequest> {
  return {
    kind: 'list',
    root: 'w3s.response',
    saysFirst: true,
    shape,
    admit: (request) => {
      admitOwner(request, desk.purse);
      if (request.getoperations.purse === desk.purse.purse) return;
      throw new XmlProblem(retvals.notAllowed, 'the purse is not yours');
    },
    lead: withNumber,
    work: ({ reqn, getoperations }) => {
      numbers.take(reqn);
      const found = wanted(desk, getoperations).map((each) => operation(each));
      return [element('operations', found, { cnt: String(found.length) })];
    },
  };
}

function wanted(desk: PaymentDesk, asked: Wanted): Operation[] {
  const start = fromMoscowTime(asked.datestart);
  const finish = fromMoscowTime(asked.datefinish);
  if (start === undefined || finish === undefined || start > finish) {
    throw new XmlProblem(retvals.badRequest, 'datestart and datefinish are not a span of time');
  }
  // A date names a whole second.
  const operations = desk.book.between(start, finish + 999);
  return operations.filter(
    ({ id, invoiceNo, orderNo }) =>
      isAny(asked.wmtranid, id) &&
      isAny(asked.wminvid, invoiceNo) &&
      isAny(asked.orderid, orderNo) &&
      // The purse's owner numbers transfers made by hand only; none of these was.
      isAny(asked.tranid, '0'),
  );
}

/** Nothing and zero stand for any. */
const isAny = (asked: string, value: string): boolean =>
  asked === '' || asked === '0' || asked === value;

function operation({ id, at, from, to, ...told }: Operation): Xml {
  const children = [
    element('pursesrc', from),
    element('pursedest', to),
    element('amount', told.amountText),
    element('comiss', '0.00'),
    element('opertype', '0'),
    element('tranid', '0'),
    element('wminvid', told.invoiceNo),
    element('orderid', told.orderNo),
    element('period', '0'),
    element('desc', told.description),
    element('datecrt', moscowTime(at)),
    element('dateupd', moscowTime(at)),
  ];
  return element('operation', children, { id, ts: id });
}
