import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { answerWithFault, type Answer, type FaultAnswers } from '../faulty-call.ts';
import { faultNames, Faults } from '../faults.ts';
import { parseJson, readJson, readText } from '../request-body.ts';
import type { Timers } from '../timers.ts';
import { FiscalDocuments, printed } from './fiscal-documents.ts';
import { orderedReceipt } from './fiscal-order-body.ts';

export interface FiscalSimulatorSettings {
  readonly token: string;
  /** IANA name of the register's own clock. */
  readonly timeZone: string;
}

const control = z.object({
  /** How often each new order is answered with "not yet". */
  waits: z.number().int().min(0).max(1_000).optional(),
  /** The words in which new orders are refused; empty for none. */
  refusal: z.string().max(200).optional(),
  fault: z.enum(faultNames).optional(),
  times: z.number().int().min(1).max(1_000).default(1),
  delayMs: z.number().int().min(0).max(60_000).default(1_000),
});

const faultAnswers: FaultAnswers = {
  broken: { status: 500, body: '<html>500</html>', type: 'html' },
  tooMany: { status: 429, body: { error: 'too many requests' } },
};

/**
 * A service of cash registers, with one register: PUT /fiscal/v1/receipts/{key} makes a document once and answers how
 * it stands. Trouble is ordered by POST /control/fiscal; GET there lists the documents.
 */
export function fiscalSimulator(
  router: Router,
  settings: FiscalSimulatorSettings,
  timers: Timers,
): void {
  const documents = new FiscalDocuments();
  const faults = new Faults();
  let waits = 0;
  let refusal = '';

  const order = (key: string, text: string): Answer => {
    const parsed = orderedReceipt.safeParse(parseJson(text));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const error = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`;
      return { status: 422, body: { status: 'fail', error } };
    }
    if (refusal !== '') return { status: 422, body: { status: 'fail', error: refusal } };
    const at = registerTime(timers.now(), settings.timeZone);
    const document = documents.take(key, parsed.data, waits, at);
    if (document === 'other') {
      const error = 'this key is of another receipt';
      return { status: 409, body: { status: 'fail', error } };
    }
    if (document.waits > 0) {
      document.waits -= 1;
      return { status: 202, body: { status: 'wait' } };
    }
    return { status: 200, body: { status: 'done', receipt: printed(document) } };
  };

  router.put('/fiscal/v1/receipts/:key', async (ctx) => {
    if (ctx.get('authorization') !== `Bearer ${settings.token}`) return unauthorized(ctx);
    const text = await readText(ctx);
    const key = String(ctx.params['key']);
    await answerWithFault(ctx, faults.take('create'), faultAnswers, timers, () => order(key, text));
  });
  router.post('/control/fiscal', async (ctx) => {
    const ordered = await readJson(ctx, control);
    if (ordered === undefined) return;
    waits = ordered.waits ?? waits;
    refusal = ordered.refusal ?? refusal;
    const { fault, times, delayMs } = ordered;
    if (fault !== undefined) faults.plan('create', { fault, delayMs }, times);
    ctx.body = { waits, refusal, faults: faults.plannedCount };
  });
  router.get('/control/fiscal', (ctx) => {
    ctx.body = { documents: documents.all() };
  });
  router.post('/control/fiscal/reset', (ctx) => {
    documents.clear();
    faults.clear();
    waits = 0;
    refusal = '';
    ctx.body = {};
  });
}

function unauthorized(ctx: Context): void {
  ctx.status = 401;
  ctx.body = { error: 'the token is wrong' };
}

const registerTime = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    .format(ms)
    .replace(' ', 'T');
