import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import { OwnLedger } from '../../src/adapters/accounting/own-ledger.ts';
import { PostgresBooks } from '../../src/adapters/postgres/books/postgres-books.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { makeStatement } from '../../src/application/accounts/make-statement.ts';
import {
  takeAccountChanged,
  takeCustomerChanged,
} from '../../src/application/accounts/take-inside-events.ts';
import type {
  AccountChanged,
  CustomerChanged,
} from '../../src/application/ports/inside-messages.ts';
import type { Account } from '../../src/domain/account.ts';
import { exponentOf, type Currency } from '../../src/domain/currency.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import { decimalText, money } from '../../src/domain/money.ts';
import { longestPeriodDays, spanOf, type StatementPeriod } from '../../src/domain/statement.ts';
import { day, dayIn, instant, isoText, type Instant } from '../../src/domain/time.ts';
import { fcFewRuns } from '../support/fc-runs.ts';
import { companyWorld, filesOf, importedAt, type CompanyWorld } from '../support/given-company.ts';
import { randomness } from '../support/given-ledger.ts';
import { stoppedClock, type StoppedClock } from '../support/given.ts';
import { postgresStores, type PortalStores } from '../support/portal-stores.ts';

type Told =
  | { type: 'ledger.customer-changed'; data: CustomerChanged }
  | { type: 'ledger.account-changed'; data: AccountChanged };

const zone = 'Europe/Moscow';
const currencies: readonly Currency[] = ['RUB', 'USD', 'EUR', 'KZT', 'JPY', 'KWD'];
const customer = { contract: 'C1', phone: '+79990000001' };
const accountOf = (currency: Currency) => `A-${currency}`;

/** A little more than a year of operations, at every hour; more than one message an account. */
const operationRows = currencies.flatMap((currency, place) =>
  Array.from({ length: 200 }, (_, n) => {
    const at = instant(importedAt - (200 - n) * 2 * day + ((n * 7 + place) % 24) * 3_600_000);
    const minor = BigInt(((n * 7_919) % 100_003) + 1) * (n % 3 === 0 ? 1n : -1n);
    const kind = minor > 0n ? 'payment' : 'charge';
    const row = [accountOf(currency), isoText(at), kind, decimalText(money(minor, currency))];
    return [`O-${currency}-${String(n)}`, ...row, `operation ${String(n)}`, ''];
  }),
);

describe('A statement of the portal against the ledger', function () {
  this.timeout(120_000);
  let world: CompanyWorld;
  let portal: Awaited<ReturnType<typeof postgresStores>>;
  let clock: StoppedClock;
  let accounts: readonly Account[];

  before(async () => {
    world = await companyWorld();
    portal = await postgresStores();
    clock = stoppedClock(importedAt);
    await world.load(
      filesOf({
        customers: [[customer.contract, 'Анна', customer.phone, '', 'ru']],
        accounts: currencies.map((currency) => [
          accountOf(currency),
          customer.contract,
          currency,
          '2024-02-29',
          currency,
        ]),
        operations: operationRows,
      }),
    );
    const pool = openPool(world.database.url, 2, 'test');
    await postMore(pool, clock);
    await pool.end();
    accounts = await project(world.pool, portal.stores, clock);
  });
  after(async () => {
    await world.close();
    await portal.close();
  });

  const anyPeriodWithin = fc
    .tuple(fc.nat(420), fc.nat(longestPeriodDays - 1))
    .map(([back, length]): StatementPeriod => {
      const to = importedAt - back * day;
      return { from: dayIn(zone, instant(to - length * day)), to: dayIn(zone, instant(to)) };
    });

  it('opens, turns over and closes as the ledger does, to the smallest unit', async () => {
    const make = makeStatement(portal.stores.accounts, clock, zone);

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...accounts), anyPeriodWithin, async (account, period) => {
        const { id: accountId, customerId } = account;
        const answer = await make({ accountId, customerId, period, most: 10_000 });

        assert.ok(answer.ok);
        const { opening, received, spent, closing, operations } = answer.value;
        const { from, before } = spanOf(period, zone);
        const ledger = await postedOn(world.pool, account.number, from, before);
        assert.deepEqual(
          { opening: opening.minor, received: received.minor, spent: spent.minor },
          { opening: ledger.before, received: ledger.credits, spent: ledger.debits },
        );
        assert.equal(closing.minor, ledger.before + ledger.credits - ledger.debits);
        assert.equal(operations.length, ledger.entries);
      }),
      fcFewRuns,
    );
  });

  it('closes today with what the ledger says customers owe or have', async () => {
    const make = makeStatement(portal.stores.accounts, clock, zone);
    const today = dayIn(zone, clock.now());

    for (const { id: accountId, customerId, number, balance } of accounts) {
      const period = { from: today, to: today };
      const answer = await make({ accountId, customerId, period, most: 10_000 });

      assert.ok(answer.ok);
      const end = instant(clock.now() + day);
      const { before } = await postedOn(world.pool, number, end, end);
      assert.equal(answer.value.closing.minor, before);
      assert.equal(exponentOf(answer.value.closing.currency), exponentOf(balance.currency));
    }
  });
});

/** Payments, refunds and their reversal, hours apart, on the books' own way. */
async function postMore(pool: pg.Pool, clock: StoppedClock): Promise<void> {
  const books = new OwnLedger(new PostgresBooks(pool, zone), clock, randomness);
  const { rows } = await pool.query<{ id: string; customer_id: string; currency: string }>(
    'SELECT id, customer_id, currency FROM account ORDER BY number',
  );
  for (const [n, { id: accountId, customer_id: customerId, currency }] of rows.entries()) {
    const paymentId = randomUUID();
    const amount = { minor: String(100_001 + n), currency };
    const who = { source: 'portal', requestHash: 'hash', customerId: customerId as CustomerId };
    clock.move(7 * 3_600_000);
    const at = isoText(clock.now());
    const payment = {
      paymentId,
      accountId,
      provider: 'stripe',
      method: 'bank-card',
      amount,
      paidAt: at,
    };
    assert.equal(
      await books.recordPayment({ ...who, idempotencyKey: paymentId, payment }),
      'posted',
    );
    clock.move(5 * 3_600_000);
    const returned = { minor: String(50 + n), currency };
    for (const kind of ['debit', 'reversal'] as const) {
      const refundId = randomUUID();
      const refund = { refundId, paymentId, accountId, provider: 'stripe', kind, returned };
      const told = { ...refund, amount: returned, at: isoText(clock.now()) };
      const outcome = await books.recordRefund({ ...who, idempotencyKey: refundId, refund: told });
      assert.equal(outcome, 'posted');
    }
  }
}

/** Brings everything the books told into the portal's copy. */
async function project(
  pool: pg.Pool,
  stores: PortalStores,
  clock: StoppedClock,
): Promise<readonly Account[]> {
  const { rows } = await pool.query<{ body: string }>(
    'SELECT body FROM outbox ORDER BY created_at, id',
  );
  const takeCustomer = takeCustomerChanged(stores.customers);
  const takeAccount = takeAccountChanged(stores.accounts, clock);
  const customers = new Set<CustomerId>();
  for (const { body } of rows) {
    const told = JSON.parse(body) as Told;
    if (told.type === 'ledger.customer-changed') await takeCustomer(told.data);
    else await takeAccount(told.data);
    customers.add(told.data.customerId as CustomerId);
  }
  const lists = await Promise.all([...customers].map((id) => stores.accounts.list(id)));
  return lists.flat();
}

/** What the ledger's postings say of a customer: credits are money in, whatever part of the balance they meet. */
async function postedOn(pool: pg.Pool, number: string, from: Instant, before: Instant) {
  const { rows } = await pool.query<{
    before: string;
    credits: string;
    debits: string;
    entries: number;
  }>(
    `SELECT
        coalesce(sum(signed) FILTER (WHERE posted_at < $2), 0)::text AS before,
        coalesce(sum(signed) FILTER (WHERE posted_at >= $2 AND signed > 0), 0)::text AS credits,
        coalesce(-sum(signed) FILTER (WHERE posted_at >= $2 AND signed < 0), 0)::text AS debits,
        count(*) FILTER (WHERE posted_at >= $2)::integer AS entries
      FROM (
        SELECT o.posted_at, sum(CASE p.side WHEN 'credit' THEN p.amount ELSE -p.amount END) AS signed
        FROM posting p JOIN operation o ON o.customer_id = p.customer_id AND o.id = p.entry_id
        WHERE p.ledger_account IN ('receivable:' || $1, 'prepayment:' || $1) AND o.posted_at < $3
        GROUP BY o.id, o.posted_at) AS entries`,
    [number, isoText(from), isoText(before)],
  );
  const [row] = rows;
  assert.ok(row !== undefined);
  return {
    before: BigInt(row.before),
    credits: BigInt(row.credits),
    debits: BigInt(row.debits),
    entries: row.entries,
  };
}
