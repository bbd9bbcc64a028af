import type { Router } from '@koa/router';
import type { Context } from 'koa';
import type { Phones } from '../phone/phones.ts';
import { cutConnection, parseJson, readJson, readText } from '../request-body.ts';
import type { Timers } from '../timers.ts';
import { SmsAccount, orderedRefusal, refusalAnswer } from './sms-answers.ts';
import { checkCredentials } from './sms-credentials.ts';
import type { VonageSettings } from './sms-credentials.ts';
import { asGsm, gsmParts, unicodeParts } from './sms-encoding.ts';
import { readSmsRequest } from './sms-request.ts';
import type { AcceptableSms, Fields, SmsRefusal } from './sms-request.ts';
import { SmsRules, ruleShape } from './sms-rules.ts';

/** An SMS operator that speaks Vonage's SMS API and delivers to the simulated phones at once. */
export function vonageSimulator(
  router: Router,
  settings: VonageSettings,
  phones: Phones,
  timers: Timers,
): void {
  const operator = { rules: new SmsRules(), account: new SmsAccount(), phones, timers };

  router.post('/sms/json', async (ctx) => {
    const fields = await readFields(ctx);
    const caller = checkCredentials(ctx.get('authorization'), fields, settings);
    if (caller === 'unauthorized') return unauthorized(ctx);
    if (caller !== 'welcome') return refuse(ctx, caller);

    const sms = readSmsRequest(fields);
    if ('errorText' in sms) return refuse(ctx, sms);
    await send(ctx, sms, operator);
  });
  router.post('/control/vonage/rules', async (ctx) => {
    const rule = await readJson(ctx, ruleShape);
    if (rule === undefined) return;
    operator.rules.add(rule);
    ctx.body = { rules: operator.rules.count };
  });
  router.post('/control/vonage/reset', (ctx) => {
    operator.rules.clear();
    operator.account.reset();
    phones.clear();
    ctx.body = { rules: 0 };
  });
}

interface Operator {
  readonly rules: SmsRules;
  readonly account: SmsAccount;
  readonly phones: Phones;
  readonly timers: Timers;
}

async function send(ctx: Context, sms: AcceptableSms, operator: Operator): Promise<void> {
  const action = operator.rules.take(sms.to);
  if (action.reset === 'before') return cutConnection(ctx);
  if (action.http !== undefined) {
    ctx.status = action.http;
    ctx.body = `<html><body>${action.http}</body></html>`;
    return;
  }
  if (action.status !== undefined) return refuse(ctx, orderedRefusal(action.status));

  const answer = accept(sms, operator);
  if (action.hangMs !== undefined) await operator.timers.sleep(action.hangMs);
  if (action.reset === 'after') return cutConnection(ctx);
  ctx.body = answer;
}

function accept(sms: AcceptableSms, { account, phones }: Operator): object {
  // Whoever forgets to say `unicode` gets question marks, as from the real operator.
  const text = sms.type === 'text' ? asGsm(sms.text) : sms.text;
  const parts = sms.type === 'text' ? gsmParts(text) : unicodeParts(text);
  const { firstId, body } = account.accept(sms, parts);
  const receivedAt = new Date().toISOString();
  phones.deliver({ id: firstId, to: sms.to, from: sms.from, text, receivedAt, parts });
  return body;
}

async function readFields(ctx: Context): Promise<Fields> {
  const text = await readText(ctx);
  if (!ctx.is('json')) return new Map(new URLSearchParams(text));

  const json = parseJson(text);
  if (typeof json !== 'object' || json === null) return new Map();
  return new Map(
    Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
      ['string', 'number', 'boolean'].includes(typeof value) ? [[name, String(value)]] : [],
    ),
  );
}

function refuse(ctx: Context, refusal: SmsRefusal): void {
  ctx.body = refusalAnswer(refusal);
}

function unauthorized(ctx: Context): void {
  ctx.status = 401;
  ctx.set('www-authenticate', 'Basic realm="simulator"');
  ctx.body = {
    type: 'https://developer.vonage.com/api-errors#unauthorized',
    title: 'Unauthorized',
    detail: 'You did not provide correct credentials.',
    instance: 'simulator',
  };
}
