import assert from 'node:assert/strict';
import type { MemoryLedger } from '../../src/adapters/memory/memory-ledger.ts';
import type { Currency } from '../../src/domain/currency.ts';
import {
  accountKinds,
  kindOf,
  ofAccount,
  ofProvider,
} from '../../src/domain/ledger/chart-of-accounts.ts';
import { isAboveFloor } from '../../src/domain/ledger/counters.ts';
import type { Entry, LedgerAccountId, Posting } from '../../src/domain/ledger/entry.ts';
import { isHeld } from '../../src/domain/ledger/hold.ts';
import type { LedgerEvent } from '../../src/domain/ledger/ledger-event.ts';
import type { Instant } from '../../src/domain/time.ts';
import { ledgerAccounts, ledgerProviders } from './any-ledger-event.ts';

const currencies = [...new Set(Object.values(ledgerAccounts))];
const signed = ({ side, amount }: Posting): bigint =>
  side === 'debit' ? amount.minor : -amount.minor;
const total = (postings: readonly Posting[]): bigint =>
  postings.reduce((sum, posting) => sum + signed(posting), 0n);
const entriesOf = (ledger: MemoryLedger): readonly Entry[] =>
  [...ledger.kept.values()].map(({ entry }) => entry);

/** 1, 2, 9, 13: entries balance in each currency, accounts have one currency, assets are what stands against them. */
export function balances(ledger: MemoryLedger): void {
  for (const { key, postings } of entriesOf(ledger)) {
    for (const currency of currencies) {
      const own = postings.filter(({ amount }) => amount.currency === currency);
      assert.equal(total(own), 0n, `${key} in ${currency}`);
      assert.ok(own.length !== 1, key);
    }
    for (const { account, amount } of postings) {
      assert.ok(amount.minor > 0n, key);
      const isCustomers = accountKinds[kindOf(account)].per === 'account';
      const name = account.slice(account.indexOf(':') + 1);
      const currency = isCustomers ? ledgerAccounts[name] : account.slice(-3);
      assert.equal(amount.currency, currency, `${key} on ${account}`);
    }
  }
  for (const currency of currencies) {
    const sums = { asset: 0n, liability: 0n, equity: 0n, income: 0n, expense: 0n };
    for (const posting of ledger.postings()) {
      if (posting.amount.currency !== currency) continue;
      sums[accountKinds[kindOf(posting.account)].type] += signed(posting);
    }
    assert.equal(sums.asset, -sums.liability - sums.equity - sums.income - sums.expense, currency);
  }
}

/** 2, 3: what the counters say is what the postings and the open holds add up to. */
export async function counts(ledger: MemoryLedger, now: Instant): Promise<void> {
  const pending = [...ledger.holds.values()].filter((hold) => isHeld(hold, now));
  const accounts = new Set(ledger.postings().map(({ account }) => account));
  for (const hold of pending) accounts.add(hold.debit).add(hold.credit);
  let [debits, credits] = [0n, 0n];
  for (const account of accounts) {
    const of = await ledger.counters(account, now);
    const own = ledger.postings().filter((posting) => posting.account === account);
    assert.equal(of.debitsPosted - of.creditsPosted, total(own), account);
    debits += of.debitsPending;
    credits += of.creditsPending;
  }
  assert.equal(debits, credits);
  assert.equal(
    debits,
    pending.reduce((sum, { amount }) => sum + amount.minor, 0n),
  );
}

/** 6, 12: no entry is reversed twice or reverses a reversal, and a provider's reference has one entry of a kind. */
export function happensOnce(ledger: MemoryLedger): void {
  const reversed = entriesOf(ledger).flatMap(({ reverses }) => reverses ?? []);
  assert.equal(new Set(reversed).size, reversed.length);
  for (const key of reversed) assert.equal(ledger.kept.get(key)?.entry.reverses, undefined, key);
  const proofs = entriesOf(ledger).flatMap(({ proof, kind }) =>
    proof === undefined ? [] : [`${proof.provider} ${proof.ref} ${kind}`],
  );
  assert.equal(new Set(proofs).size, proofs.length);
  const captured = entriesOf(ledger).flatMap(({ proof, kind }) =>
    proof !== undefined && kind.startsWith('payment-') ? [`${proof.provider} ${proof.ref}`] : [],
  );
  assert.equal(new Set(captured).size, captured.length, 'one capture for a reference');
}

/** 7: no hold gives more than it held, or after its time. */
export function holdsHold(ledger: MemoryLedger): void {
  for (const { key, state, amount, expiresAt } of ledger.holds.values()) {
    if (state.tag !== 'captured') continue;
    assert.ok(state.amount.minor <= amount.minor, key);
    assert.ok(state.at < expiresAt, key);
  }
}

/** 11: suspense and its like never fall below nothing, and each unit in suspense is that of an open case. */
export function floorsHold(ledger: MemoryLedger): void {
  for (const account of new Set(ledger.postings().map((posting) => posting.account))) {
    assert.ok(isAboveFloor(account, ledger.debitsOverCredits(account)), account);
  }
}

/** 14: what the customer sees is debt and prepayment, never both, and the sum of the history beside it. */
export function customersSee(ledger: MemoryLedger): void {
  for (const [number, { account }] of ledger.accounts) {
    const owed = ledger.debitsOverCredits(ofAccount('receivable', number));
    const ahead = -ledger.debitsOverCredits(ofAccount('prepayment', number));
    assert.equal(account.balance.minor, ahead - owed, number);
    assert.ok(owed === 0n || ahead === 0n, `${number} owes ${owed} and is ${ahead} ahead`);
    const lines = ledger.operations.filter(({ accountId }) => accountId === account.id);
    const sum = lines.reduce((all, { amount }) => all + amount.minor, 0n);
    assert.equal(account.balance.minor, sum, number);
    assert.equal(account.version, lines.length, number);
  }
}

/** What an accepted event does to clearing and suspense, told from the event alone. */
const effects: {
  readonly [Type in LedgerEvent['type']]?: (
    of: never,
  ) => readonly [clearing: bigint, suspense: bigint];
} = {
  'payment-captured': (of: Of<'payment-captured'>) => [
    (of.captured ?? of.amount).minor - (of.fee?.minor ?? 0n),
    of.account === undefined ? of.amount.minor : 0n,
  ],
  'fee-known': (of: Of<'fee-known'>) => [-of.amount.minor, 0n],
  'fee-corrected': (of: Of<'fee-corrected'>) => [-of.amount.minor, 0n],
  settled: (of: Of<'settled'>) => [-of.amount.minor, 0n],
  'reserve-withheld': (of: Of<'reserve-withheld'>) => [-of.amount.minor, 0n],
  'reserve-released': (of: Of<'reserve-released'>) => [of.amount.minor, 0n],
  'refund-confirmed': (of: Of<'refund-confirmed'>) => [-of.amount.minor, 0n],
  'chargeback-opened': (of: Of<'chargeback-opened'>) => [
    -of.amount.minor - (of.fee?.minor ?? 0n),
    0n,
  ],
  'chargeback-won': (of: Of<'chargeback-won'>) => [of.amount.minor, 0n],
  'owner-found': (of: Of<'owner-found'>) => [0n, -of.amount.minor],
  'owner-never-found': (of: Of<'owner-never-found'>) => [-of.amount.minor, -of.amount.minor],
  'difference-tolerated': (of: Of<'difference-tolerated'>) => [-of.amount.minor, 0n],
};
type Of<Type extends LedgerEvent['type']> = Extract<LedgerEvent, { readonly type: Type }>;

/** 10, 11: clearing is captured − refunded − fees − settled − disputed, suspense what no case has explained yet. */
export function clearingExplained(
  ledger: MemoryLedger,
  accepted: ReadonlyMap<string, LedgerEvent>,
): void {
  const reversed = new Set(entriesOf(ledger).map(({ reverses }) => reverses));
  const expected = new Map<LedgerAccountId, bigint>();
  const expect = (account: LedgerAccountId, by: bigint) =>
    expected.set(account, (expected.get(account) ?? 0n) + by);
  for (const [key, event] of accepted) {
    if (reversed.has(key) || !('provider' in event)) continue;
    const effect = effects[event.type] as
      ((of: LedgerEvent) => readonly [bigint, bigint]) | undefined;
    const [clearing, suspense] = effect?.(event) ?? [0n, 0n];
    const { currency } = event.amount;
    expect(ofProvider('clearing', event.provider, currency), clearing);
    expect(ofProvider('suspense', event.provider, currency), -suspense);
  }
  for (const provider of ledgerProviders) {
    for (const currency of currencies as readonly Currency[]) {
      for (const kind of ['clearing', 'suspense'] as const) {
        const account = ofProvider(kind, provider, currency);
        assert.equal(ledger.debitsOverCredits(account), expected.get(account) ?? 0n, account);
      }
    }
  }
}
