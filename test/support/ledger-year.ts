import assert from 'node:assert/strict';
import { currencies, type Currency } from '../../src/domain/currency.ts';
import type { LedgerEvent } from '../../src/domain/ledger/ledger-event.ts';
import { money, type Money } from '../../src/domain/money.ts';
import { day, instant, later, type Instant } from '../../src/domain/time.ts';
import type { LedgerStage } from './ledger-stage.ts';

const providers = ['stripe', 'yookassa', 'tbank', 'webmoney', 'qiwi', 'yoomoney'] as const;
const workers = 8;
/** Roubles are most of what there is, as in life. */
const purses: readonly Currency[] = ['RUB', 'RUB', 'RUB', 'RUB', ...currencies];

export interface YearCounts {
  charges: number;
  payments: number;
  refunds: number;
  chargebacks: number;
  settlements: number;
}

interface Customer {
  readonly account: string;
  readonly currency: Currency;
  readonly n: number;
}

/** Numbers below a bound, the same for the same seed. */
const diceOf = (seed: number) => {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};
type Dice = ReturnType<typeof diceOf>;

/** Plays twelve months; what each provider owes at the end of a month is settled to the last unit. */
export async function yearOf(
  stage: LedgerStage,
  { customers, seed }: { readonly customers: number; readonly seed: number },
  monthDone: (month: number) => Promise<void>,
): Promise<YearCounts> {
  const counts = { charges: 0, payments: 0, refunds: 0, chargebacks: 0, settlements: 0 };
  const all = await givenCustomers(stage, customers);
  for (let month = 0; month < 12; month += 1) {
    const at = instant(Date.UTC(2025, month, 5, 9));
    const owed = new Map<string, bigint>();
    await inParallel(all, (customer) =>
      liveMonth(stage, customer, { at, month, seed, owed, counts }),
    );
    for (const [key, minor] of owed) {
      const [provider = '', currency = ''] = key.split(' ');
      await settle(stage, provider, money(minor, currency as Currency), later(at, 20 * day));
      counts.settlements += Number(minor !== 0n);
    }
    await monthDone(month + 1);
  }
  return counts;
}

interface Month {
  readonly at: Instant;
  readonly month: number;
  readonly seed: number;
  /** What providers have of ours, by provider and currency. */
  readonly owed: Map<string, bigint>;
  readonly counts: YearCounts;
}

async function liveMonth(
  stage: LedgerStage,
  { account, currency, n }: Customer,
  of: Month,
): Promise<void> {
  const dice = diceOf(of.seed * 1_000_003 + n * 13 + of.month);
  const provider = providers[dice(providers.length)] ?? 'stripe';
  const id = `${String(n)}-${String(of.month)}`;
  const told = { memo: '', provider };
  const sum = (minor: number): Money => money(BigInt(minor), currency);
  const tell = async (event: LedgerEvent, gains = 0): Promise<void> => {
    const answer = await stage.post(event);
    assert.deepEqual(answer, { ok: true, value: 'posted' }, event.type);
    const key = `${provider} ${currency}`;
    of.owed.set(key, (of.owed.get(key) ?? 0n) + BigInt(gains));
  };
  const after = (days: number) => later(of.at, days * day);

  const charge = 100 + dice(500_000);
  await tell({
    ...told,
    type: 'charge-raised',
    invoiceId: id,
    account,
    amount: sum(charge),
    at: of.at,
  });
  of.counts.charges += 1;
  if (dice(10) === 0) return;

  const paid = dice(3) === 0 ? charge + dice(10_000) : charge;
  const amount = sum(paid);
  await tell(
    { ...told, type: 'payment-captured', paymentId: id, ref: id, account, amount, at: after(3) },
    paid,
  );
  of.counts.payments += 1;
  const fee = Math.max(1, Math.floor(paid / 40));
  await tell({ ...told, type: 'fee-known', paymentId: id, amount: sum(fee), at: after(3) }, -fee);
  const trouble = await troubles(dice, { id, account, paid, after, sum, provider }, tell);
  if (trouble !== undefined) of.counts[trouble] += 1;
}

interface Paid {
  readonly id: string;
  readonly account: string;
  readonly paid: number;
  readonly provider: string;
  readonly after: (days: number) => Instant;
  readonly sum: (minor: number) => Money;
}

async function troubles(
  dice: Dice,
  { id, account, paid, after, sum, provider }: Paid,
  tell: (event: LedgerEvent, gains?: number) => Promise<void>,
): Promise<'refunds' | 'chargebacks' | undefined> {
  const told = { memo: '', provider };
  const kind = dice(50);
  if (kind < 2) {
    const back = 1 + dice(paid);
    const refund = { ...told, refundId: id, account, amount: sum(back) };
    await tell({ ...refund, type: 'refund-requested', paymentId: id, at: after(6) });
    if (kind === 0) await tell({ ...refund, type: 'refund-confirmed', at: after(7) }, -back);
    else await tell({ memo: '', type: 'refund-failed', refundId: id, account, at: after(7) });
    return 'refunds';
  }
  if (kind > 3) return undefined;
  const dispute = { ...told, caseId: id, amount: sum(paid) };
  await tell(
    { ...dispute, type: 'chargeback-opened', paymentId: id, fee: sum(5), at: after(8) },
    -paid - 5,
  );
  if (kind === 2) await tell({ ...dispute, type: 'chargeback-won', at: after(12) }, paid);
  else await tell({ ...dispute, type: 'chargeback-lost', account, at: after(12) });
  return 'chargebacks';
}

/** A provider pays what it owes. One that is owed something itself, by refunds in a small company, is let off as a difference. */
async function settle(
  stage: LedgerStage,
  provider: string,
  amount: Money,
  at: Instant,
): Promise<void> {
  if (amount.minor === 0n) return;
  const batchId = `${provider}-${amount.currency}-${String(at)}`;
  const told = { memo: '', provider, at };
  const event: LedgerEvent =
    amount.minor > 0n
      ? { ...told, type: 'settled', batchId, amount }
      : { ...told, type: 'difference-tolerated', caseId: batchId, amount };
  assert.deepEqual(await stage.post(event), { ok: true, value: 'posted' });
}

async function givenCustomers(stage: LedgerStage, count: number): Promise<readonly Customer[]> {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const customers: Customer[] = [];
  await inParallel(numbers, async (n) => {
    const currency = purses[n % purses.length] ?? 'RUB';
    const account = await stage.addAccount(currency, `7${String(n).padStart(6, '0')}`);
    customers.push({ account, currency, n });
  });
  return customers;
}

async function inParallel<One>(
  of: readonly One[],
  work: (one: One) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let one = of[next++]; one !== undefined; one = of[next++]) await work(one);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
