import type { AccountId, ConsentId, CustomerId, PaymentId, SavedMethodId } from './ids.ts';
import { compare, isPositive, type Money } from './money.ts';
import {
  day,
  dayIn,
  hour,
  instant,
  later,
  startOfDay,
  type CalendarDay,
  type Instant,
} from './time.ts';

/** When auto-pay tells of itself and when it takes money. Both happen about noon, when nobody is asleep. */
export const autopayPolicy = {
  /** The customer hears of a charge at least this long before it. */
  noticeMs: 2 * day,
  noonMs: 12 * hour,
  /** A charge that is later than this was announced for another day: it is announced anew. */
  graceMs: day,
  /** Every month has these days. */
  lastDayOfMonth: 28,
} as const;

/** What a customer agreed to: the debt of one account is paid once a month by a remembered method. */
export interface AutoPayWish {
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly savedMethod: SavedMethodId;
  /** The most one charge may take, its fee included. */
  readonly limit: Money;
  /** 1 to 28. */
  readonly dayOfMonth: number;
  /** The agreement itself; its words are kept for ever, apart. */
  readonly consentId: ConsentId;
}

/** Where this month's round stands. */
export type AutoPayStage =
  | { readonly tag: 'waiting'; readonly chargeAt: Instant }
  | { readonly tag: 'announced'; readonly chargeAt: Instant; readonly amount: Money }
  /** The payment of this id is about to be recorded, or was. */
  | {
      readonly tag: 'charging';
      readonly chargeAt: Instant;
      readonly amount: Money;
      readonly payment: PaymentId;
    };

/** How a round ended. `declined`: no money was taken, by the bank's word or because the method cannot be used. */
export type AutoPayEnd = 'paid' | 'nothing-due' | 'over-limit' | 'declined';
export interface LastRound {
  readonly end: AutoPayEnd;
  readonly at: Instant;
  readonly amount: Money | undefined;
  readonly payment: PaymentId | undefined;
}

export interface AutoPay extends AutoPayWish {
  readonly stage: AutoPayStage;
  readonly last: LastRound | undefined;
}

/** Begins auto-pay: the first charge is on the first such day that leaves time for a notice. */
export const agreeToAutoPay = (wish: AutoPayWish, zone: string, now: Instant): AutoPay => ({
  ...wish,
  stage: waiting(wish.dayOfMonth, zone, now),
  last: undefined,
});

/** When a round has to be looked at next; a charge under way is looked at again and again. */
export function nextAutoPayLook({ stage }: AutoPay): Instant {
  return stage.tag === 'waiting' ? later(stage.chargeAt, -autopayPolicy.noticeMs) : stage.chargeAt;
}

/** What comes of a look: something to announce, something to charge, or the end of this round. */
export type AutoPayStep = 'announce' | 'charge' | { readonly end: AutoPayEnd };

/**
 * Decides about a round that is due.
 * @param owed what the account owes now
 * @param total what a payment of a sum takes with its fee
 */
export function nextAutoPayStep(
  { stage, limit }: AutoPay,
  owed: Money,
  total: (amount: Money) => Money,
  now: Instant,
): AutoPayStep {
  if (stage.tag === 'charging') return 'charge';
  if (!isPositive(owed)) return { end: 'nothing-due' };
  const isTold = stage.tag === 'announced' && now <= later(stage.chargeAt, autopayPolicy.graceMs);
  if (isTold) return 'charge';
  return compare(total(owed), limit) > 0 ? { end: 'over-limit' } : 'announce';
}

/** Tells of a charge: never sooner after the notice than was promised. */
export const announced = (autopay: AutoPay, owed: Money, now: Instant): AutoPay => {
  const soonest = later(now, autopayPolicy.noticeMs);
  const chargeAt = instant(Math.max(autopay.stage.chargeAt, soonest));
  return { ...autopay, stage: { tag: 'announced', chargeAt, amount: owed } };
};

/** An auto-pay whose round is being charged. */
export type ChargingAutoPay = AutoPay & {
  readonly stage: Extract<AutoPayStage, { readonly tag: 'charging' }>;
};

/**
 * Fixes the payment of the charge and its sum: what was announced, or less where the customer has paid a part
 * meanwhile. A charge that has begun stays as it is.
 */
export function charging(autopay: AutoPay, owed: Money, payment: PaymentId): ChargingAutoPay {
  const { stage } = autopay;
  if (stage.tag === 'charging') return { ...autopay, stage };
  const told = stage.tag === 'announced' ? stage.amount : owed;
  const amount = compare(owed, told) < 0 ? owed : told;
  const { chargeAt } = stage;
  return { ...autopay, stage: { tag: 'charging', chargeAt, amount, payment } };
}

/** Closes the round and waits for the next month's day. */
export function roundEnded(
  autopay: AutoPay,
  last: Omit<LastRound, 'at'>,
  zone: string,
  now: Instant,
): AutoPay {
  const { dayOfMonth, stage } = autopay;
  // A round that ends before its day does not come again on that very day.
  const from = instant(Math.max(now, later(stage.chargeAt, -autopayPolicy.noticeMs) + 1));
  return { ...autopay, stage: waiting(dayOfMonth, zone, from), last: { ...last, at: now } };
}

const waiting = (dayOfMonth: number, zone: string, now: Instant): AutoPayStage => ({
  tag: 'waiting',
  chargeAt: nextChargeAt(dayOfMonth, zone, later(now, autopayPolicy.noticeMs)),
});

/** Noon of the first such day of a month that is not before `from`; across a change of the clock an hour off. */
function nextChargeAt(dayOfMonth: number, zone: string, from: Instant): Instant {
  const [year = 0, month = 1] = dayIn(zone, from).split('-').map(Number);
  for (let ahead = 0; ; ahead += 1) {
    const text = new Date(Date.UTC(year, month - 1 + ahead, dayOfMonth)).toISOString();
    const at = later(startOfDay(text.slice(0, 10) as CalendarDay, zone), autopayPolicy.noonMs);
    if (at >= from) return at;
  }
}
