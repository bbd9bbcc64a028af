import { isDeepStrictEqual } from 'node:util';
import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { valueText } from '../bill-amount.ts';
import { timeText } from '../bill-time.ts';
import { billFields } from '../bill.ts';
import type { Bill, BillRefund, BillWish } from '../bill.ts';
import { refundableMinor } from '../bills.ts';
import type { Bills } from '../bills.ts';
import { billWish, mustExpireInTime, refundWish } from './bill-request.ts';
import type { QiwiCalls } from './qiwi-calls.ts';
import { QiwiProblem, notFound, notValid } from './qiwi-problem.ts';

const ROOT = '/partner/bill/v1';
const BILL = `${ROOT}/bills/:billId`;
const REFUND = `${BILL}/refunds/:refundId`;
const LONGEST_ID = 200;

/** The API a shop's server talks to: `/partner/bill/v1/…`. */
export function qiwiApiRoutes(
  router: Router,
  bills: Bills,
  calls: QiwiCalls,
  siteId: string,
): void {
  const show = (bill: Bill) => ({ ...billFields(bill, siteId), payUrl: bills.urlOf(bill) });
  router.put(BILL, (ctx) =>
    calls.withJson(ctx, 'create', (json) =>
      show(issue(bills, idIn(ctx, 'billId'), billWish(json))),
    ),
  );
  router.get(BILL, (ctx) => calls.plain(ctx, 'query', () => show(billWith(bills, ctx))));
  router.post(`${BILL}/reject`, (ctx) =>
    calls.plain(ctx, 'cancel', () => show(reject(bills, billWith(bills, ctx)))),
  );
  router.put(REFUND, (ctx) =>
    calls.withJson(ctx, 'refund', (json) => {
      const bill = billWith(bills, ctx);
      return refundFields(bill, payBack(bills, bill, idIn(ctx, 'refundId'), refundWish(json)));
    }),
  );
  router.get(REFUND, (ctx) =>
    calls.plain(ctx, 'query', () => {
      const bill = billWith(bills, ctx);
      const refund = bills.refund(bill, idIn(ctx, 'refundId'));
      if (refund === undefined) throw notFound('the refund');
      return refundFields(bill, refund);
    }),
  );
  elseRoutes(router, calls);
}

/** What else is asked for under the API's address. */
function elseRoutes(router: Router, calls: QiwiCalls): void {
  for (const path of [BILL, `${BILL}/reject`, REFUND]) {
    router.all(path, (ctx) =>
      calls.refuse(ctx, new QiwiProblem('http.method.not.supported', `${ctx.method} is not known`)),
    );
  }
  router.all(`${ROOT}{/*rest}`, (ctx) =>
    calls.refuse(ctx, new QiwiProblem('http.url.not.found', `${ctx.path} is not known`)),
  );
}

/** The shop's id makes a bill once: whoever repeats the wish gets the bill there is, and nobody another one. */
function issue(bills: Bills, id: string, wish: BillWish): Bill {
  const known = bills.bill(id);
  if (known === undefined) {
    mustExpireInTime(wish, bills.now());
    return bills.issue(id, wish);
  }
  if (isDeepStrictEqual(known.wish, wish)) return known;
  throw notValid('billId: there is another bill with this id');
}

function reject(bills: Bills, bill: Bill): Bill {
  if (bill.status !== 'WAITING') throw notValid(`status: ${bill.status} cannot be rejected`);
  bills.move(bill, 'REJECTED');
  void bills.tell(bill);
  return bill;
}

function payBack(
  bills: Bills,
  bill: Bill,
  refundId: string,
  { amountMinor, currency }: ReturnType<typeof refundWish>,
): BillRefund {
  if (currency !== bill.wish.currency) throw notValid('amount.currency: is not that of the bill');
  const known = bills.refund(bill, refundId);
  if (known !== undefined) {
    if (known.amountMinor === amountMinor) return known;
    throw notValid('refundId: there is another refund with this id');
  }
  const left = refundableMinor(bill);
  if (amountMinor <= left) return bills.payBack(bill, refundId, amountMinor);
  throw new QiwiProblem('refund.incorrect.amount', `${valueText(left)} is left of the bill`);
}

function refundFields(bill: Bill, { id, amountMinor, madeAt, status }: BillRefund): object {
  const amount = { value: valueText(amountMinor), currency: bill.wish.currency };
  return { amount, datetime: timeText(madeAt), refundId: id, status };
}

function billWith(bills: Bills, ctx: Context): Bill {
  const bill = bills.bill(idIn(ctx, 'billId'));
  if (bill === undefined) throw notFound('the bill');
  return bill;
}

function idIn(ctx: Context, name: 'billId' | 'refundId'): string {
  const params = ctx['params'] as Readonly<Record<string, string | undefined>>;
  const id = params[name] ?? '';
  if (id.length > LONGEST_ID) throw notValid(`${name}: is longer than ${LONGEST_ID} characters`);
  return id;
}
