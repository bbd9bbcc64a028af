import { due, type Account } from '../../domain/account.ts';
import {
  announced,
  charging,
  nextAutoPayStep,
  roundEnded,
  type AutoPay,
  type AutoPayEnd,
  type ChargingAutoPay,
} from '../../domain/autopay.ts';
import type { PaymentId } from '../../domain/ids.ts';
import { add, type Money } from '../../domain/money.ts';
import { feeOf } from '../../domain/payment-fee.ts';
import type { Payment } from '../../domain/payment.ts';
import type { SavedMethod } from '../../domain/saved-method.ts';
import { minute } from '../../domain/time.ts';
import type { AutoPayPlaces } from './agree-to-autopay.ts';
import type { Clock } from '../ports/clock.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { PaymentOffer, StartPayment } from '../payments/start-payment.ts';
import { endOf } from './autopay-payment.ts';
import type { TellOfAutoPay } from './tell-of-autopay.ts';

/** Who takes an auto-pay has this long; a charge under way is looked at as often. */
const leaseMs = minute;

/** What paying without the payer needs. */
export interface AutoPayTools {
  readonly places: AutoPayPlaces;
  readonly payments: PaymentStore;
  readonly offer: PaymentOffer;
  readonly start: StartPayment;
  readonly tell: TellOfAutoPay;
  readonly timeZone: string;
  readonly randomness: Randomness;
  readonly clock: Clock;
}

/** Takes every auto-pay that is due one step on: announces, charges, or closes its month. Answers how many were due. */
export const runDueAutoPays =
  (tools: AutoPayTools) =>
  async (limit: number): Promise<number> => {
    const { autopays } = tools.places;
    const taken = await autopays.takeDue(tools.clock.now(), limit, leaseMs);
    const steps = await Promise.allSettled(taken.map((autopay) => step(tools, autopay)));
    // One that cannot go on holds nobody else up, and is heard of.
    const broken = steps.find(({ status }) => status === 'rejected');
    if (broken?.status === 'rejected') throw broken.reason;
    return taken.length;
  };
export type RunDueAutoPays = ReturnType<typeof runDueAutoPays>;

async function step(tools: AutoPayTools, autopay: AutoPay): Promise<void> {
  const { accounts, saved, autopays } = tools.places;
  const account = await accounts.find(autopay.accountId, autopay.customerId);
  if (account === undefined) return;
  if (isCharging(autopay)) return follow(tools, autopay, account);
  const found = await saved.find(autopay.savedMethod, autopay.customerId);
  if (found === undefined) return close(tools, autopay, account, 'declined');
  const owed = due(account);
  const now = tools.clock.now();
  const next = nextAutoPayStep(autopay, owed, totalBy(tools.offer, found.method), now);
  if (next === 'announce') {
    const told = announced(autopay, owed, now);
    await autopays.save(told, await tools.tell.notice(told, account));
    return;
  }
  if (next !== 'charge') return close(tools, autopay, account, next.end);
  // Noted first, so that whoever turned auto-pay off meanwhile is not charged, and a crash leaves one payment to look for.
  const begun = charging(autopay, owed, tools.randomness.id() as PaymentId);
  if (await autopays.save(begun)) await record(tools, begun, account, found.method);
}

const isCharging = (autopay: AutoPay): autopay is ChargingAutoPay =>
  autopay.stage.tag === 'charging';

/** A charge that was begun: the end of its payment is the round's. One that was cut short is recorded again. */
async function follow(
  tools: AutoPayTools,
  autopay: ChargingAutoPay,
  account: Account,
): Promise<void> {
  const { customerId, savedMethod } = autopay;
  const payment = await tools.payments.find(autopay.stage.payment, customerId);
  const end = payment && endOf(payment);
  if (end !== undefined) return close(tools, autopay, account, end, payment);
  if (payment !== undefined) return;
  const found = await tools.places.saved.find(savedMethod, customerId);
  if (found === undefined) return close(tools, autopay, account, 'declined');
  await record(tools, autopay, account, found.method);
}

/** Records the payment; it is sent by whoever sends payments. Refused, there is none, and no money is taken. */
async function record(
  tools: AutoPayTools,
  autopay: ChargingAutoPay,
  account: Account,
  savedMethod: SavedMethod,
): Promise<void> {
  const { customerId, accountId, stage } = autopay;
  const { payment: id, amount } = stage;
  const wish = { customerId, accountId, id, amount, savedMethod, method: savedMethod.method };
  const started = await tools.start({ ...wish, key: `autopay-${id}` });
  if (!started.ok) await close(tools, autopay, account, 'declined');
}

async function close(
  { places, tell, timeZone, clock }: AutoPayTools,
  autopay: AutoPay,
  account: Account,
  end: AutoPayEnd,
  payment?: Payment,
): Promise<void> {
  const { stage } = autopay;
  const amount = stage.tag === 'waiting' ? due(account) : stage.amount;
  const last = { end, amount, payment: payment?.id };
  const closed = roundEnded(autopay, last, timeZone, clock.now());
  await places.autopays.save(closed, await tell.end(autopay, account, end, amount));
}

/** What a payment of a sum takes with its fee, by the remembered method. */
const totalBy =
  ({ methods }: PaymentOffer, saved: SavedMethod) =>
  (amount: Money): Money =>
    add(amount, feeOf(amount, methods.find(({ code }) => code === saved.method)?.fee));
