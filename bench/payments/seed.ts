import pg from 'pg';
import type { BenchOptions } from './options.ts';
import { amountMinor, idSql, seededVersion } from './names.ts';

type Size = Pick<BenchOptions, 'payments' | 'customers' | 'seed'>;
type Step = readonly [what: string, sql: string];

const paidAt = `now() - interval '30 days' + n * interval '10 ms'`;
/** Which customer a payment is of: spread, and the same for the same seed. */
const ofSeeded = ({ customers, seed }: Size): string =>
  `(1 + (hashint8extended(n, ${seed}) & 2147483647) % ${customers})`;
const named = {
  customer: (n: string) => idSql('customer', `${n}::text`),
  account: (n: string) => idSql('account', `${n}::text`),
  payment: idSql('seeded', 'n::text'),
};
const eachCustomer = ({ customers }: Size): string => `FROM generate_series(1, ${customers}) AS n`;
const eachPayment = (size: Size): string => `FROM generate_series(1, ${size.payments}) AS n,
  LATERAL (SELECT ${named.customer(ofSeeded(size))} AS customer,
    ${named.account(ofSeeded(size))} AS account, ${ofSeeded(size)} AS c) AS of`;

/** Everything a payment leaves behind in the portal, many times over. */
export const portalSeed = (size: Size): readonly Step[] => [
  ['customers', customerInsert(size)],
  [
    'accounts',
    `INSERT INTO account SELECT ${named.customer('n')}, ${named.account('n')}, 'A' || n, 'Account',
      'RUB', -500000, '2020-01-01', now(), ${seededVersion} ${eachCustomer(size)}`,
  ],
  ['payments', seededPayments(size)],
  [
    'credits',
    `INSERT INTO payment_credit SELECT customer, ${named.payment}, ${amountMinor}, 'RUB', ${paidAt}
      ${eachPayment(size)}`,
  ],
  [
    'receipts',
    `INSERT INTO receipt SELECT customer, ${named.payment}, 'R-2025-' || c || '-' || n,
      lpad(n::text, 16, 'S'), ${paidAt}, ${paidAt}, 'A' || c, ${amountMinor}, 'RUB', 'bank-card',
      'stripe', 'cs_test_seed' || n, 0, ${amountMinor}, 'RUB' ${eachPayment(size)}`,
  ],
  [
    'receipt numbers',
    `INSERT INTO receipt_counter SELECT ${named.customer('n')}, 2025, 5 ${eachCustomer(size)}`,
  ],
  [
    'notifications',
    `INSERT INTO notification SELECT 'stripe', 'evt_seed' || n, repeat('h', 43), ${named.payment}::text,
      ${paidAt}, true ${eachPayment(size)}`,
  ],
  [
    'history',
    `INSERT INTO operation SELECT customer, account, ${paidAt}, ${idSql('operation', 'n::text')}, 'payment',
      ${amountMinor}, 'RUB', 'Payment by bank card', NULL, ${named.payment} ${eachPayment(size)}`,
  ],
  [
    'feeds',
    `INSERT INTO feed SELECT customer, row_number() OVER (PARTITION BY customer ORDER BY n), 'payment',
      ${named.payment}, 'succeeded' ${eachPayment(size)}`,
  ],
  ['ends of feeds', 'INSERT INTO feed_end SELECT customer_id, max(seq) FROM feed GROUP BY 1'],
];

const customerInsert = (size: Size): string =>
  `INSERT INTO customer SELECT ${named.customer('n')}, 'C' || n, 'Customer ' || n,
    '+7999' || lpad(n::text, 7, '0'), NULL, 'en', 1 ${eachCustomer(size)}`;

const seededPayments = (size: Size): string =>
  `INSERT INTO payment (customer_id, id, idempotency_key, request_hash, account_id, account_number,
    amount_minor, currency, method, provider, state, provider_ref, paid_at, late, attempts, created_at,
    updated_at, charge_minor, charge_currency, captured_minor, captured_currency)
  SELECT customer, ${named.payment}, 'key' || n, account || '|${amountMinor}|RUB|bank-card', account,
    'A' || c, ${amountMinor}, 'RUB', 'bank-card', 'stripe', 'succeeded', 'cs_test_seed' || n, ${paidAt}, false,
    1, ${paidAt}, ${paidAt}, ${amountMinor}, 'RUB', ${amountMinor}, 'RUB' ${eachPayment(size)}`;

export const booksSeed = (size: Size): readonly Step[] => [
  ['customers of the books', customerInsert(size)],
  [
    'accounts of the books',
    `INSERT INTO account SELECT ${named.customer('n')}, ${named.account('n')}, 'A' || n, 'RUB',
      'Account', '2020-01-01', -500000, ${seededVersion} ${eachCustomer(size)}`,
  ],
  [
    'entries',
    `INSERT INTO entry SELECT customer, ${idSql('entry', 'n::text')}, 'capture:seed' || n,
      'payment-captured', ${paidAt}, ${paidAt}, 'Payment by bank card' ${eachPayment(size)}`,
  ],
  [
    'postings',
    `INSERT INTO posting SELECT customer, ${idSql('entry', 'n::text')}, line, ledger, side,
      ${amountMinor}, 'RUB' ${eachPayment(size)}, LATERAL (VALUES (1, 'clearing:stripe:RUB', 'debit'),
        (2, 'receivable:A' || c, 'credit')) AS p (line, ledger, side)`,
  ],
  [
    'history of the books',
    `INSERT INTO operation SELECT customer, account, ${paidAt}, ${idSql('entry', 'n::text')}, 'payment',
      ${amountMinor}, 'RUB', 'Payment by bank card', NULL, ${named.payment} ${eachPayment(size)}`,
  ],
  [
    'inbox of the books',
    `INSERT INTO inbox SELECT 'portal', ${named.payment}::text, customer, repeat('h', 43), 'posted', ${paidAt}
      ${eachPayment(size)}`,
  ],
];

export const gatewaySeed = (size: Size): readonly Step[] => [
  [
    'owners of accounts',
    `INSERT INTO ownership SELECT ${named.account('n')}, ${named.customer('n')}, ${seededVersion}
      ${eachCustomer(size)}`,
  ],
  [
    'commands of the gateway',
    `INSERT INTO command_inbox SELECT 'portal', ${named.payment}::text, repeat('h', 43), ${paidAt}
      ${eachPayment(size)}`,
  ],
];

/** Payments whose payer has paid and whose notification comes now: `count` of them from the number `first`. */
export const awaitedPayments = (first: number, count: number, customers: number): string =>
  `INSERT INTO payment (customer_id, id, idempotency_key, request_hash, account_id, account_number,
    amount_minor, currency, method, provider, state, provider_ref, redirect, expires_at, attempts,
    created_at, updated_at, next_look_at, charge_minor, charge_currency)
  SELECT ${named.customer('c')}, ${idSql('awaited', 'n::text')}, 'awaited' || n, 'hash', ${named.account('c')},
    'A' || c, ${amountMinor}, 'RUB', 'bank-card', 'stripe', 'pending', 'cs_test_awaited' || n,
    '{"kind": "get", "url": "https://pay.example/"}', now() + interval '1 hour', 1, now(), now(),
    now() + interval '10 minutes', ${amountMinor}, 'RUB'
  FROM (SELECT n, 1 + n % ${customers} AS c FROM generate_series(${first}, ${first + count - 1}) AS n) AS of`;

/** Runs the steps one after the other and tells of each. */
export async function seed(
  url: string,
  steps: readonly Step[],
  tell: (what: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const [what, sql] of steps) {
      tell(what);
      // Every entry is balanced by construction; the check row by row is for the daily work.
      await client.query(`BEGIN; SET LOCAL books.bulk_load = 'on'; ${sql}; COMMIT`);
    }
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}
