import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { tbank } from '../../../src/adapters/payment/tbank/tbank.ts';
import { tbankSimulator } from '../../../src/adapters/simulators/tbank/tbank-simulator.ts';
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
import { givenSystem } from '../simulators/running-system.ts';

export const terminalKey = '1650000000000DEMO';
export const password = 'usaf8fw8fsw21g';
export const rub = (minor: bigint): Money => money(minor, 'RUB');
/** What is asked for unless said otherwise: 1 234.50 roubles. */
export const asked = rub(123_450n);
export const newId = () => randomUUID() as PaymentId;
export const newRefundId = () => randomUUID() as string as RefundId;

/** What may go wrong with one call, before or after its effect. */
export const losses = [
  'reset-after-effect',
  'reset-before-effect',
  '500-after-effect',
  '500-before-effect',
] as const;

/** The simulated bank on a clock moved by hand, and the adapter as its shop. */
export type TbankDesk = Awaited<ReturnType<typeof givenTbankDesk>>;

export async function givenTbankDesk() {
  const running = await givenSystem((router, world, notifyUrl) => {
    tbankSimulator(router, { terminalKey, password, notifyUrl }, world);
  });
  running.shopBody = 'OK';
  const settings = {
    apiUrl: `${running.url}/tbank/v2`,
    terminalKey,
    passwords: [password],
  } as const;
  const provider = whole(tbank(settings));
  const root = '/control/tbank';
  const act = async (id: string, outcome: string, more: object = {}) => {
    const { status, json } = await running.control(`${root}/payments/${id}`, { outcome, ...more });
    assert.equal(status, 200, JSON.stringify(json));
  };
  const command = (over: Partial<CreateCommand> = {}): CreateCommand => ({
    ...{ paymentId: newId(), amount: asked, description: 'Лицевой счёт 7000001-1' },
    returnUrl: 'https://kabinet.example/payments/1',
    expiresAt: instant(running.timers.now() + hour),
    ...over,
  });
  const create = async (
    over: Partial<CreateCommand> = {},
  ): Promise<PaymentKey & { ref: string }> => {
    const wish = command(over);
    const { ref } = value(await provider.create(wish, 4_000));
    assert.ok(ref !== undefined);
    return { paymentId: wish.paymentId, ref };
  };
  const notices = async (): Promise<RawRequest[]> => {
    // What is on its way arrives.
    await running.timers.advance(0);
    return running.notices.splice(0);
  };
  return {
    ...running,
    settings,
    provider,
    act,
    command,
    create,
    notices,
    paid: async (over: Partial<CreateCommand> = {}) => {
      const key = await create(over);
      await act(key.paymentId, 'pay');
      await notices();
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
    look: async (id: PaymentId): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${running.url}${root}/payments/${id}`);
      const json = (await answer.json()) as { items: Record<string, unknown>[]; made: number };
      return { ...json.items[0], made: json.made };
    },
    /** What the shop was told since the last look, as the adapter reads it. */
    readings: async (): Promise<Reading[]> => (await notices()).map(readBy(provider)),
  };
}

export const readBy = (provider: PaymentProvider) => (raw: RawRequest) =>
  provider.readNotification(raw, instant(0));

/** The adapter with the members it has, and without those its protocol has nothing for. */
function whole(provider: PaymentProvider) {
  const { query, look, capture, cancel, refund } = provider;
  assert.ok(query && look && capture && cancel && refund && provider.cancelsOpen === true);
  assert.deepEqual(
    [provider.list, provider.queryRefund, provider.charge],
    [undefined, undefined, undefined],
  );
  return { ...provider, query, look, capture, cancel, refund };
}

export function value<Value>(outcome: Outcome<Value>): Value {
  assert.ok(outcome.tag === 'done', `${outcome.tag}: ${'why' in outcome ? outcome.why : ''}`);
  return outcome.value;
}

/** Signs a body; written again here, so that the test does not trust what it tests. */
export function signed(fields: Record<string, unknown>, secret = password): RawRequest {
  const all: Record<string, unknown> = { ...fields, Password: secret };
  const hash = createHash('sha256');
  for (const name of Object.keys(all).sort()) {
    const each = all[name];
    if (name !== 'Token' && typeof each !== 'object' && each !== undefined)
      hash.update(`${each as string}`);
  }
  return {
    headers: {},
    body: Buffer.from(JSON.stringify({ ...fields, Token: hash.digest('hex') })),
  };
}
