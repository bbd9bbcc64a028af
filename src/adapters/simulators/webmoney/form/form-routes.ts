import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { answerWithFault } from '../../faulty-call.ts';
import type { FaultAnswers } from '../../faulty-call.ts';
import type { Faults } from '../../faults.ts';
import { readText } from '../../request-body.ts';
import type { Timers } from '../../timers.ts';
import { showFormProblem } from '../payer/payer-page.ts';
import type { PaymentDesk } from '../payment-desk.ts';
import type { PaymentForm } from '../purse-payment.ts';
import { readForm } from '../text/form-text.ts';
import type { Encoding } from '../text/form-text.ts';
import { FormProblem } from './lmi-fields.ts';
import { paymentForm } from './payment-form.ts';

/** Larger than any form of a shop: it bounds what the own fields may cost. */
const FORM_LIMIT = 16 * 1024;
const faultAnswers: FaultAnswers = {
  broken: { status: 500, type: 'text', body: 'The simulator was told to fail' },
  tooMany: { status: 429, type: 'text', body: 'Too many requests, the simulator was told to say' },
};

/** The two pages a shop's form leads to, one for each encoding. */
export function formRoutes(
  router: Router,
  desk: PaymentDesk,
  faults: Faults,
  timers: Timers,
): void {
  const take = async (ctx: Context, encoding: Encoding) => {
    const language = languageOf(ctx);
    try {
      const form = await formIn(ctx, desk, encoding, language);
      await answerWithFault(ctx, faults.take('create'), faultAnswers, timers, () => {
        const location = `/webmoney/pay/${desk.open(form).pageId}`;
        return { status: 303, body: '', headers: { location } };
      });
    } catch (error) {
      if (!(error instanceof FormProblem)) throw error;
      showFormProblem(ctx, error.message, language);
    }
  };
  router.post('/lmi/payment_utf.asp', (ctx) => take(ctx, 'utf-8'));
  router.post('/lmi/payment.asp', (ctx) => take(ctx, 'windows-1251'));
}

async function formIn(
  ctx: Context,
  desk: PaymentDesk,
  encoding: Encoding,
  language: PaymentForm['language'],
): Promise<PaymentForm> {
  const text = await readText(ctx);
  if (!ctx.is('application/x-www-form-urlencoded')) throw new FormProblem('this is not a form');
  if (text.length > FORM_LIMIT) throw new FormProblem('the form is larger than 16 KiB');
  const form = paymentForm(readForm(text, encoding), desk.purse, encoding, language);
  if (desk.isNumberFree(form.number)) return form;
  throw new FormProblem('LMI_PAYMENT_NO: this number is paid already');
}

function languageOf(ctx: Context): PaymentForm['language'] {
  const { lang } = ctx.query;
  if (lang === 'ru-RU' || lang === 'en-US') return lang;
  return ctx.acceptsLanguages('en', 'ru') === 'ru' ? 'ru-RU' : 'en-US';
}
