import type { Router } from '@koa/router';
import type { PaymentDesk } from '../payment-desk.ts';
import { history } from './history.ts';
import { moneyback } from './moneyback.ts';
import { RequestNumbers } from './request-numbers.ts';
import { statusQuestion } from './status-question.ts';
import type { XmlCalls } from './xml-calls.ts';

/** The interfaces a shop's server talks to, each with its number at WebMoney: X18, X14 and X3. */
export function xmlRoutes(router: Router, desk: PaymentDesk, calls: XmlCalls): void {
  const numbers = new RequestNumbers();
  const question = statusQuestion(desk);
  const back = moneyback(desk, numbers);
  const operations = history(desk, numbers);
  router.post('/conf/xml/XMLTransGet.asp', (ctx) => calls.answer(ctx, question));
  router.post('/asp/XMLTransMoneybackCert.asp', (ctx) => calls.answer(ctx, back));
  router.post('/asp/XMLOperationsCert.asp', (ctx) => calls.answer(ctx, operations));
}
