import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { qiwi } from '../../../src/adapters/payment/qiwi/qiwi.ts';
import { qiwiSimulator } from '../../../src/adapters/simulators/qiwi/qiwi-simulator.ts';
import type {
  CreateCommand,
  Outcome,
  PaymentKey,
  PaymentProvider,
  RawRequest,
  Reading,
} from '../../../src/application/ports/payment-provider.ts';
import type { PaymentId, RefundId } from '../../../src/domain/ids.ts';
import { money, type Money } from '../../../src/domain/money.ts';
import { hour, instant } from '../../../src/domain/time.ts';
import { freshId } from '../../support/given.ts';
import { givenSystem } from '../simulators/running-system.ts';

export const secretKey = 'test-merchant-secret-for-signature-check';
export const siteId = 'test';
export const rub = (minor: bigint): Money => money(minor, 'RUB');
/** What is asked for unless said otherwise: 1 234.50 roubles. */
export const asked = rub(123_450n);
export const deadlineMs = 3_000;

/** What may go wrong with one call, before or after its effect. */
export const losses = [
  'reset-after-effect',
  'reset-before-effect',
  '500-after-effect',
  '500-before-effect',
] as const;

export const wishFor = (nowMs: number, over: Partial<CreateCommand> = {}): CreateCommand => ({
  ...{ paymentId: freshId<PaymentId>(), amount: asked },
  description: 'Лицевой счёт 7000001-1 & «дом» <b> 🏠',
  returnUrl: 'https://kabinet.example/payments/1?from=«дом»&a=1',
  expiresAt: instant(nowMs + hour + 345),
  ...over,
});

/** The simulated QIWI on a clock moved by hand, and the adapter as its shop. */
export type QiwiDesk = Awaited<ReturnType<typeof givenQiwiDesk>>;

export async function givenQiwiDesk() {
  const running = await givenSystem((router, world, notifyUrl) => {
    qiwiSimulator(router, { siteId, secretKey, notifyUrl }, world);
  });
  running.shopBody = '{"error":"0"}';
  const apiUrl = `${running.url}/partner/bill/v1`;
  const settings = { apiUrl, secretKey, siteId, mode: 'test' } as const;
  const provider = whole(qiwi(settings));
  const root = '/control/qiwi';
  const wish = (over: Partial<CreateCommand> = {}) => wishFor(running.timers.now(), over);
  const act = async (id: string, outcome: string, more: object = {}) => {
    const { status, json } = await running.control(`${root}/payments/${id}`, { outcome, ...more });
    assert.equal(status, 200, JSON.stringify(json));
  };
  const create = async (over: Partial<CreateCommand> = {}): Promise<PaymentKey> => {
    const command = wish(over);
    const { ref } = value(await provider.create(command, deadlineMs));
    assert.equal(ref, command.paymentId);
    return { paymentId: command.paymentId, ref };
  };
  const readings = async (): Promise<Reading[]> => {
    // What is on its way arrives.
    await running.timers.advance(0);
    return running.notices.splice(0).map(readBy(provider));
  };
  return {
    ...{ running, settings, provider, wish, act, create, readings },
    paid: async (over: Partial<CreateCommand> = {}) => {
      const key = await create(over);
      await act(key.paymentId, 'pay');
      await readings();
      return key;
    },
    claim: async (key: PaymentKey) => {
      const found = value(await provider.query(key));
      assert.ok(found !== 'absent');
      return found;
    },
    fault: (call: string, fault: string, times = 1) =>
      running.control(`${root}/next`, { call, fault, times, delayMs: 60_000 }),
    mend: () => fetch(`${running.url}${root}/next`, { method: 'DELETE' }),
    look: async (id: string): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${running.url}${root}/payments/${id}`);
      const json = (await answer.json()) as { items: Record<string, unknown>[]; made: number };
      return { ...json.items[0], made: json.made };
    },
    close: () => running.close(),
  };
}

export const readBy = (provider: PaymentProvider) => (raw: RawRequest) =>
  provider.readNotification(raw, instant(0));

/** The adapter with the members it has, and without those its protocol has nothing for. */
function whole(provider: PaymentProvider) {
  const { query, look, cancel, refund, queryRefund } = provider;
  assert.ok(query && look && cancel && refund && queryRefund && provider.cancelsOpen === true);
  assert.deepEqual(
    [provider.list, provider.capture, provider.charge],
    [undefined, undefined, undefined],
  );
  return { ...provider, query, look, cancel, refund, queryRefund };
}

export function refundOf(payment: PaymentKey, amount: Money) {
  const base = { refundId: freshId<RefundId>(), payment, captured: asked, paidBack: rub(0n) };
  return { ...base, amount, reason: 'по заявлению', ref: undefined };
}

export function value<Value>(outcome: Outcome<Value>): Value {
  assert.ok(outcome.tag === 'done', `${outcome.tag}: ${'why' in outcome ? outcome.why : ''}`);
  return outcome.value;
}

/** The bill of the worked vector. */
export const vector = {
  ...{ siteId, billId: 'test_bill', amount: { value: '1.00', currency: 'RUB' } },
  status: { value: 'PAID', changedDateTime: '2026-03-11T12:00:00+03:00' },
};
export const vectorSignature = '07e0ebb10916d97760c196034105d010607a6c6b7d72bfa1c3451448ac484a3b';

/** Signs a bill; written again here, so that the test does not trust what it tests. */
export function signatureFor(bill: typeof vector, value = bill.amount.value, key = secretKey) {
  const message = `${bill.amount.currency}|${value}|${bill.billId}|${bill.siteId}|${bill.status.value}`;
  return createHmac('sha256', key).update(message).digest('hex');
}

export const notice = (bill: unknown, signature: string | readonly string[] | undefined) => ({
  headers: { 'x-api-signature-sha256': signature },
  body: Buffer.from(JSON.stringify({ bill, version: '1' })),
});
