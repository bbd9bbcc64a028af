import { due, type Account } from '../../domain/account.ts';
import {
  announced,
  charging,
  nextAutoPayStep,
  roundEnded,
  type AutoPay,
  type AutoPayEnd,
} from '../../domain/autopay.ts';
import { add, type Money } from '../../domain/money.ts';
import { feeOf } from '../../domain/payment-fee.ts';
import type { SavedMethod } from '../../domain/saved-method.ts';
import { minute } from '../../domain/time.ts';
import type { AutoPayPlaces } from './agree-to-autopay.ts';
import type { Clock } from '../ports/clock.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
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
  const { stage, customerId } = autopay;
  if (stage.tag === 'charging' && stage.payment !== undefined) return follow(tools, autopay);
  const account = await accounts.find(autopay.accountId, customerId);
  if (account === undefined) return;
  const found = await saved.find(autopay.savedMethod, customerId);
  if (found === undefined) return close(tools, autopay, account, 'declined');
  const owed = due(account);
  const now = tools.clock.now();
  const next = nextAutoPayStep(autopay, owed, totalBy(tools.offer, found.method), now);
  if (next === 'announce') {
    const told = announced(autopay, owed, now);
    await autopays.save(told, await tools.tell.notice(told, account));
    return;
  }
  if (next === 'charge') return charge(tools, charging(autopay, owed), account, found.method);
  return close(tools, autopay, account, next.end);
}

/** Recorded first, so that whoever turned auto-pay off meanwhile is not charged; sent by whoever sends payments. */
async function charge(
  { places, start, ...tools }: AutoPayTools,
  autopay: ReturnType<typeof charging>,
  account: Account,
  savedMethod: SavedMethod,
): Promise<void> {
  const { stage, customerId, accountId } = autopay;
  if (!(await places.autopays.save(autopay))) return;
  const { method } = savedMethod;
  // One round is one payment, however often it is begun.
  const key = `autopay-${autopay.consentId}-${String(stage.chargeAt)}`;
  const wish = { customerId, accountId, amount: stage.amount, method, savedMethod, key };
  const started = await start(wish);
  if (!started.ok) return close({ places, start, ...tools }, autopay, account, 'declined');
  await places.autopays.save({ ...autopay, stage: { ...stage, payment: started.value.id } });
}

/** A charge that was recorded: its end is the round's. */
async function follow(tools: AutoPayTools, autopay: AutoPay): Promise<void> {
  const { stage, customerId, accountId } = autopay;
  if (stage.tag !== 'charging' || stage.payment === undefined) return;
  const payment = await tools.payments.find(stage.payment, customerId);
  const end = payment && endOf(payment);
  const account = await tools.places.accounts.find(accountId, customerId);
  if (end !== undefined && account !== undefined) await close(tools, autopay, account, end);
}

async function close(
  { places, tell, timeZone, clock }: AutoPayTools,
  autopay: AutoPay,
  account: Account,
  end: AutoPayEnd,
): Promise<void> {
  const { stage } = autopay;
  const amount = stage.tag === 'waiting' ? due(account) : stage.amount;
  const payment = stage.tag === 'charging' ? stage.payment : undefined;
  const closed = roundEnded(autopay, { end, amount, payment }, timeZone, clock.now());
  await places.autopays.save(closed, await tell.end(autopay, account, end, amount));
}

/** What a payment of a sum takes with its fee, by the remembered method. */
const totalBy =
  ({ methods }: PaymentOffer, saved: SavedMethod) =>
  (amount: Money): Money =>
    add(amount, feeOf(amount, methods.find(({ code }) => code === saved.method)?.fee));
