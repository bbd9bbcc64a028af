import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { stripe } from '../../../src/adapters/payment/stripe/stripe.ts';
import { stripeSimulator } from '../../../src/adapters/simulators/stripe/stripe-simulator.ts';
import type {
  CreateCommand,
  Outcome,
  PaymentKey,
  PaymentProvider,
  Reading,
} from '../../../src/application/ports/payment-provider.ts';
import type { PaymentId, RefundId } from '../../../src/domain/ids.ts';
import type { Claim } from '../../../src/domain/payment-claim.ts';
import { money, type Money } from '../../../src/domain/money.ts';
import { hour, instant, type Instant } from '../../../src/domain/time.ts';
import { stripeKey, webhookSecret } from '../simulators/running-simulators.ts';
import { givenSystem } from '../simulators/running-system.ts';

/** What is asked for unless said otherwise: 1 234.50 roubles. */
export const asked = money(123_450n, 'RUB');
export const rub = (minor: bigint): Money => money(minor, 'RUB');
export const newId = () => randomUUID() as PaymentId;
export const newRefundId = () => randomUUID() as string as RefundId;

/** What may go wrong with one call, before or after its effect. */
export const losses = [
  'reset-after-effect',
  'reset-before-effect',
  '500-after-effect',
  '500-before-effect',
] as const;

/** The simulated acquirer on a clock moved by hand, and the adapter as its shop. */
export type StripeDesk = Awaited<ReturnType<typeof givenStripeDesk>>;

export async function givenStripeDesk() {
  // The search for a payment whose name got lost goes by the machine's clock.
  const running = await givenSystem((router, world, webhookUrl) => {
    const own = { secretKey: stripeKey, webhookSecret, webhookUrl, livemode: false };
    stripeSimulator(router, own, world);
  }, Date.now());
  const settings = {
    apiUrl: running.url,
    secretKey: stripeKey,
    webhookSecrets: [webhookSecret],
    mode: 'test',
  } as const;
  const provider: Required<PaymentProvider> = Object.assign(
    { charge: never },
    named(stripe(settings)),
  );
  const now = (): Instant => instant(running.timers.now());
  const root = `/control/stripe`;
  const act = async (id: string, outcome: string, more: object = {}) => {
    const { status, json } = await running.control(`${root}/payments/${id}`, { outcome, ...more });
    assert.equal(status, 200, JSON.stringify(json));
  };
  const create = async (
    over: Partial<CreateCommand> = {},
  ): Promise<PaymentKey & { ref: string }> => {
    const paymentId = newId();
    const command = {
      ...{ paymentId, amount: asked, description: 'Лицевой счёт 7000001-1' },
      ...{ returnUrl: 'https://kabinet.example/payments/1', expiresAt: instant(now() + hour) },
      ...over,
    };
    const { ref } = value(await provider.create(command, 4_000));
    assert.ok(ref !== undefined);
    return { paymentId, ref };
  };
  const paid = async (over: Partial<CreateCommand> = {}) => {
    const key = await create(over);
    await act(key.paymentId, 'pay');
    running.notices.length = 0;
    return key;
  };
  return {
    ...running,
    settings,
    provider,
    now,
    act,
    create,
    paid,
    claim: async (key: PaymentKey): Promise<Claim> => {
      const found = value(await provider.query(key));
      assert.ok(found !== 'absent');
      return found;
    },
    fault: (call: string, fault: string, times = 1) =>
      running.control(`${root}/next`, { call, fault, times, delayMs: 60_000 }),
    mend: () => fetch(`${running.url}${root}/next`, { method: 'DELETE' }),
    view: async (id: PaymentId) => {
      const answer = await fetch(`${running.url}${root}/payments/${id}`);
      const { items } = (await answer.json()) as { items: Record<string, unknown>[] };
      return items[0] ?? {};
    },
    /** What the shop was told since the last look, as the adapter reads it. */
    readings: async (): Promise<Reading[]> => {
      await running.timers.advance(0);
      return running.notices.splice(0).map((raw) => provider.readNotification(raw, now()));
    },
  };
}

const never = () => Promise.reject(new Error('no method is remembered there'));

/** The adapter with the members it has; each one missing fails its test by name. */
function named(provider: PaymentProvider): Omit<Required<PaymentProvider>, 'charge'> {
  const { query, look, list, capture, cancel, refund, queryRefund, cancelsOpen } = provider;
  assert.ok(query && look && list && capture && cancel && refund && queryRefund && cancelsOpen);
  assert.equal(provider.charge, undefined);
  const members = { query, look, list, capture, cancel, refund, queryRefund, cancelsOpen };
  return { ...provider, ...members, namesByNumber: false };
}

export function value<Value>(outcome: Outcome<Value>): Value {
  assert.ok(outcome.tag === 'done', `${outcome.tag}: ${'why' in outcome ? outcome.why : ''}`);
  return outcome.value;
}

export const proofs = (readings: readonly Reading[]) =>
  readings.filter((reading) => reading.tag === 'proof');
export const hints = (readings: readonly Reading[]) =>
  readings.filter((reading) => reading.tag === 'hint');
