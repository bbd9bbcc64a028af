import assert from 'node:assert/strict';
import {
  agreeToAutoPay,
  showAutoPayConsent,
  type AutoPayRequest,
} from '../../src/application/autopay/agree-to-autopay.ts';
import type { Outcome } from '../../src/application/ports/payment-provider.ts';
import { runDueAutoPays } from '../../src/application/autopay/run-autopay.ts';
import { forgetMethod, stopAutoPay } from '../../src/application/autopay/stop-autopay.ts';
import { tellOfAutoPay } from '../../src/application/autopay/tell-of-autopay.ts';
import type { SmsOrder } from '../../src/application/sms-message.ts';
import type { Account } from '../../src/domain/account.ts';
import { money, type Money } from '../../src/domain/money.ts';
import type { PaymentMethod } from '../../src/domain/payment-limits.ts';
import type { Claim } from '../../src/domain/payment-claim.ts';
import { day, minute, second } from '../../src/domain/time.ts';
import { fixedRandomness, freshId, givenChange, secrets } from './given.ts';
import { givenClaim } from './given-payments.ts';
import { card, givenPaying } from './given-paying.ts';

const timeZone = 'Europe/Moscow';
export const savable: PaymentMethod = { ...card, canBeSaved: true };

/** Anna, who owes 500 roubles, has had a card remembered; auto-pay is off until she agrees. */
export async function givenAutoPay(method: PaymentMethod = savable) {
  const methods = [method];
  const world = await givenPaying({ methods });
  const { stores, clock, anna, account, provider, start } = world;
  const saves = { customerId: anna.id, accountId: account.id, method: method.code, saves: true };
  const first = await start({ ...saves, amount: money(1_000n, 'RUB'), key: freshId() });
  if (!first.ok) throw new Error(first.refusal.reason);
  await world.send(first.value.id);
  await world.take(
    world.proof(first.value.id, {
      amount: first.value.charge,
      saved: { token: 'pm_1', title: 'ЮMoney •••• 4477' },
    }),
  );
  await stores.outbox.take(10, minute, clock.now());
  const [savedMethod] = await stores.savedMethods.list(anna.id);
  if (savedMethod === undefined) throw new Error('nothing was remembered');

  const places = {
    ...{ autopays: stores.autopays, accounts: stores.accounts, saved: stores.savedMethods },
  };
  const randomness = fixedRandomness();
  const show = showAutoPayConsent(places, 'Связь');
  const agree = agreeToAutoPay(places, show, timeZone, randomness, clock);
  const at = { timeZone, host: 'kabinet.example' };
  const tell = tellOfAutoPay(stores.customers, secrets, randomness, at, clock);
  const offer = { methods, providers: [provider] };
  const run = runDueAutoPays({
    ...{ places, payments: stores.payments, offer, start, tell, timeZone, randomness, clock },
  });
  const request = (facts: Partial<AutoPayRequest> = {}): AutoPayRequest => ({
    ...{ customerId: anna.id, accountId: account.id, savedMethod: savedMethod.id },
    ...{ limit: money(60_000n, 'RUB'), dayOfMonth: 20, ...facts },
  });
  let version = 1;
  return {
    ...world,
    savedMethod,
    show,
    agree,
    request,
    run: () => run(20),
    stop: stopAutoPay(stores.autopays, clock),
    forget: forgetMethod(stores.savedMethods, stores.autopays, clock),
    autopay: () => stores.autopays.find(account.id, anna.id),
    /** Anna reads the words and agrees. */
    agreed: async (facts: Partial<AutoPayRequest> = {}) => {
      const words = await show(request(facts), 'ru');
      if (!words.ok) throw new Error(words.refusal.reason);
      const answer = await agree(request(facts), words.value);
      if (!answer.ok) throw new Error(answer.refusal.reason);
      return answer.value;
    },
    owes: async (owed: Money) => {
      version += 1;
      const balance = money(-owed.minor, owed.currency);
      const now: Account = { ...account, balance, version };
      await stores.accounts.take(givenChange(now), clock.now());
    },
    /** Texts that wait to be sent, opened. */
    texts: async () => {
      const taken = await stores.outbox.take(100, minute, clock.now());
      const sms = taken.filter(({ topic }) => topic === 'sms');
      await stores.outbox.done(taken.map(({ id }) => id));
      return sms.map(({ id, body }) => {
        const { sealed } = JSON.parse(body) as { readonly sealed: string };
        return (JSON.parse(secrets.open(sealed, id)) as SmsOrder).text;
      });
    },
  };
}

export type AutoPayWorld = Awaited<ReturnType<typeof givenAutoPay>>;

/** The payment system's word on a charge that took its money. */
export const charged = (minor: bigint): Outcome<Claim> => ({
  tag: 'done',
  value: givenClaim({ state: 'paid', ref: freshId(), amount: money(minor, 'RUB') }),
});
/** To the notice, which is two days before the 20th. */
export const toNotice = async ({ clock, run, autopay }: AutoPayWorld) => {
  const { stage } = (await autopay())!;
  clock.move(stage.chargeAt - 2 * day - clock.now());
  assert.equal(await run(), 1);
};
/** To the charge, and on until the round has ended. */
export const toCharge = async ({ clock, run, sendDue }: AutoPayWorld) => {
  clock.move(2 * day);
  await run();
  clock.move(10 * second);
  await sendDue(10);
  clock.move(minute);
  await run();
};
