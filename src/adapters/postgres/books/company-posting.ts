import { operationsPerMessage } from '../../../application/ports/inside-messages.ts';

/** One step of writing a staged load into the books. Steps that return a row tell how many were written. */
export interface PostingStep {
  readonly done: 'customers' | 'accounts' | 'operations' | 'entries' | 'postings' | 'balances';
  readonly sql: readonly string[];
}

/** The first day the books may still be written on; null while nothing was closed. */
export const firstOpenDay = "(SELECT (max(month) + interval '1 month')::date FROM closed_period)";

const secret = '(SELECT secret FROM pseudonym_secret)';

const customers: PostingStep = {
  done: 'customers',
  sql: [
    'CREATE TEMP TABLE new_customer (id uuid) ON COMMIT DROP',
    `WITH added AS (
      INSERT INTO customer (id, contract, name, phone, email, locale, version)
      SELECT company_uuid(${secret}, 'customer', contract), contract, name, phone, email, locale, 1
      FROM staged_customer ON CONFLICT (contract) DO NOTHING RETURNING id)
    INSERT INTO new_customer SELECT id FROM added`,
  ],
};

const accounts: PostingStep = {
  done: 'accounts',
  sql: [
    'CREATE TEMP TABLE new_account (customer_id uuid, id uuid) ON COMMIT DROP',
    `WITH added AS (
      INSERT INTO account (customer_id, id, number, currency, title, opened_on, balance, version)
      SELECT c.id, company_uuid(${secret}, 'account', s.number), s.number, s.currency, s.title,
        s.opened_on, 0, 0
      FROM staged_account s JOIN customer c USING (contract)
      ON CONFLICT (number) DO NOTHING RETURNING customer_id, id)
    INSERT INTO new_account SELECT customer_id, id FROM added`,
  ],
};

// Sorted by the keys of the tables it goes to, or their indexes would be filled in random order.
const operations: PostingStep = {
  done: 'operations',
  sql: [
    `CREATE TEMP TABLE new_operation ON COMMIT DROP AS
      SELECT a.customer_id, a.id AS account_id, company_uuid(${secret}, 'operation', s.id) AS id,
        s.line, s.posted_at, s.kind, s.amount, s.currency, s.description, s.counterparty, s.key,
        s.contra, (a.balance + coalesce(sum(s.amount) OVER (PARTITION BY a.customer_id, a.id
          ORDER BY s.posted_at, s.line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint
          AS before, a.number,
        (row_number() OVER (PARTITION BY a.customer_id, a.id ORDER BY s.posted_at, s.line) - 1)
          / ${String(operationsPerMessage)} AS part
      FROM staged_operation s JOIN account a ON a.number = s.account
      ORDER BY a.customer_id, a.id, s.posted_at, s.line`,
    'TRUNCATE staged_operation',
    'ANALYZE new_operation',
    `INSERT INTO operation (customer_id, account_id, posted_at, id, kind, amount, currency,
        description, counterparty)
      SELECT customer_id, account_id, posted_at, id, kind, amount, currency, description,
        counterparty
      FROM new_operation`,
  ],
};

const entries: PostingStep = {
  done: 'entries',
  sql: [
    `INSERT INTO entry (customer_id, id, key, kind, effective_at, recorded_at, memo, booked_on)
      SELECT customer_id, id, key, kind, posted_at, $1, description,
        greatest((posted_at AT TIME ZONE $2)::date, ${firstOpenDay})
      FROM new_operation`,
  ],
};

// What creditCustomer and debitCustomer of the domain do, by the balance before: `first` meets it, the rest goes over.
const postings: PostingStep = {
  done: 'postings',
  sql: [
    `INSERT INTO posting (customer_id, entry_id, line, ledger_account, side, amount, currency)
      SELECT n.customer_id, n.id, p.line, p.account, p.side, p.amount, n.currency
      FROM new_operation n
      CROSS JOIN LATERAL (SELECT
        least(abs(n.amount), greatest(0, CASE WHEN n.amount > 0 THEN -n.before ELSE n.before END))
      ) AS met (first)
      CROSS JOIN LATERAL (VALUES
        (1, n.contra, CASE WHEN n.amount > 0 THEN 'debit' ELSE 'credit' END, abs(n.amount)),
        (2, CASE WHEN n.amount > 0 THEN 'receivable:' ELSE 'prepayment:' END || n.number,
          CASE WHEN n.amount > 0 THEN 'credit' ELSE 'debit' END, met.first),
        (3, CASE WHEN n.amount > 0 THEN 'prepayment:' ELSE 'receivable:' END || n.number,
          CASE WHEN n.amount > 0 THEN 'credit' ELSE 'debit' END, abs(n.amount) - met.first)
      ) AS p (line, account, side, amount)
      WHERE p.amount > 0`,
  ],
};

/**
 * What the constraint triggers would have looked at entry by entry, in one query: the entries that do not
 * balance, or touch an account that was closed.
 */
export const unbalancedEntries = `
  SELECT count(*)::integer AS unbalanced FROM (
    SELECT 1 FROM new_operation n
    LEFT JOIN posting p ON p.customer_id = n.customer_id AND p.entry_id = n.id
    GROUP BY n.customer_id, n.id
    HAVING count(DISTINCT p.side) < 2 OR count(DISTINCT p.currency) <> 1
      OR sum(CASE p.side WHEN 'debit' THEN p.amount ELSE -p.amount END) <> 0
    UNION ALL
    SELECT 1 FROM new_operation n JOIN posting p ON p.customer_id = n.customer_id AND p.entry_id = n.id
    JOIN closed_ledger_account c USING (ledger_account)) AS found`;

// Every message raises the version by one, so that the parts of a long history follow each other.
const balances: PostingStep = {
  done: 'balances',
  sql: [
    `CREATE TEMP TABLE changed_account ON COMMIT DROP AS
      SELECT customer_id, id, coalesce(sum, 0) AS sum, coalesce(parts, 1) AS parts
      FROM new_account FULL JOIN (
        SELECT customer_id, account_id AS id, sum(amount) AS sum, max(part) + 1 AS parts
        FROM new_operation GROUP BY customer_id, account_id) AS changed USING (customer_id, id)`,
    'ANALYZE changed_account',
    `UPDATE account a SET balance = a.balance + c.sum, version = a.version + c.parts
      FROM changed_account c WHERE a.customer_id = c.customer_id AND a.id = c.id`,
  ],
};

/** The steps before the messages, in their order. `$1` is the time of the load, `$2` the zone of the company's days. */
export const postingSteps: readonly PostingStep[] = [
  customers,
  accounts,
  operations,
  entries,
  postings,
  balances,
];
