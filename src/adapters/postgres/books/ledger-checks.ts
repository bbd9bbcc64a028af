import type { LedgerCheck } from '../../../application/ports/ledger-reports.ts';

const debits = "coalesce(sum(p.amount) FILTER (WHERE p.side = 'debit'), 0)";
const credits = "coalesce(sum(p.amount) FILTER (WHERE p.side = 'credit'), 0)";
const sums = `SELECT p.ledger_account, p.currency, ${debits} AS debits, ${credits} AS credits`;
const postings = 'entry e JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id';
const both = (d: string, c: string): string =>
  `'debits ' || coalesce(${d}, 0) || ', credits ' || coalesce(${c}, 0)`;
const kind = "split_part(ledger_account, ':', 1)";

/**
 * What breaks a law, worked out from the postings anew: \`place\`, what is \`expected\` there and what is \`found\`.
 * Sums run along the primary key or spill to disk, so memory stays bounded by \`work_mem\`.
 */
export const checkQueries: Readonly<Record<LedgerCheck, string>> = {
  'entries balance': `
    SELECT 'entry ' || coalesce(e.key, p.entry_id::text) || ' in ' || p.currency AS place,
      'debits ' || p.debits AS expected, 'credits ' || p.credits AS found
    FROM (
      SELECT p.customer_id, p.entry_id, p.currency, ${debits} AS debits, ${credits} AS credits
      FROM posting p GROUP BY p.customer_id, p.entry_id, p.currency
      HAVING ${debits} <> ${credits}) AS p
    LEFT JOIN entry e ON e.customer_id = p.customer_id AND e.id = p.entry_id
    UNION ALL
    SELECT 'entry ' || e.key, 'postings', 'none' FROM entry e
      WHERE NOT EXISTS (SELECT 1 FROM posting p WHERE p.customer_id = e.customer_id AND p.entry_id = e.id)
    UNION ALL
    SELECT 'posting ' || p.entry_id || ' ' || p.line, 'an entry', 'none' FROM posting p
      WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE p.customer_id = e.customer_id AND p.entry_id = e.id)
    UNION ALL
    SELECT 'entry ' || e.key || ' on ' || p.ledger_account, a.currency::text, p.currency::text
    FROM ${postings}
    JOIN account a ON a.number = substr(p.ledger_account, strpos(p.ledger_account, ':') + 1)
    WHERE split_part(p.ledger_account, ':', 1) IN ('receivable', 'prepayment', 'refunds-payable', 'customer')
      AND p.currency <> a.currency`,

  'currencies come to nothing': `
    SELECT 'all accounts in ' || p.currency AS place, 'debits ' || ${debits} AS expected,
      'credits ' || ${credits} AS found
    FROM posting p GROUP BY p.currency HAVING ${debits} <> ${credits}`,

  'counters are the sums of their postings': `
    SELECT 'counter ' || coalesce(c.ledger_account, s.ledger_account) || ' in '
        || coalesce(c.currency, s.currency) AS place,
      ${both('s.debits', 's.credits')} AS expected, ${both('c.debits', 'c.credits')} AS found
    FROM ledger_counter c FULL JOIN (
      ${sums} FROM ${postings}
      WHERE e.seq <= (SELECT coalesce(max(seq_to), 0) FROM ledger_seal)
      GROUP BY p.ledger_account, p.currency) AS s USING (ledger_account, currency)
    WHERE (c.debits, c.credits) IS DISTINCT FROM (s.debits, s.credits)`,

  'customers see debt and prepayment': `
    SELECT 'account ' || a.number AS place, coalesce(s.balance, 0)::text AS expected, a.balance::text AS found
    FROM account a LEFT JOIN (
      SELECT substr(p.ledger_account, strpos(p.ledger_account, ':') + 1) AS number, ${credits} - ${debits} AS balance
      FROM posting p
      WHERE split_part(p.ledger_account, ':', 1) IN ('receivable', 'prepayment', 'customer')
      GROUP BY 1) AS s USING (number)
    WHERE a.balance <> coalesce(s.balance, 0)`,

  'histories add up': `
    SELECT 'history of account ' || a.number AS place, a.balance::text AS expected, coalesce(o.sum, 0)::text AS found
    FROM account a LEFT JOIN (
      SELECT customer_id, account_id, sum(amount) AS sum FROM operation GROUP BY customer_id, account_id) AS o
      ON o.customer_id = a.customer_id AND o.account_id = a.id
    WHERE a.balance <> coalesce(o.sum, 0)`,

  'nothing stands below its floor': `
    SELECT 'account ' || ledger_account AS place,
      CASE WHEN ${kind} IN ('receivable', 'reserve', 'disputed') THEN 'no credit balance' ELSE 'no debit balance' END
        AS expected, 'debits ' || debits || ', credits ' || credits AS found
    FROM (${sums} FROM posting p GROUP BY p.ledger_account, p.currency) AS s
    WHERE (${kind} IN ('receivable', 'reserve', 'disputed') AND debits < credits)
      OR (${kind} IN ('prepayment', 'refunds-payable', 'suspense') AND debits > credits)
    UNION ALL
    SELECT 'account ' || split_part(string_agg(ledger_account, ' '), ':', 2), 'debt or prepayment', 'both'
    FROM (${sums} FROM posting p WHERE split_part(p.ledger_account, ':', 1) IN ('receivable', 'prepayment')
      GROUP BY p.ledger_account, p.currency) AS s
    WHERE debits <> credits
    GROUP BY substr(ledger_account, strpos(ledger_account, ':') + 1) HAVING count(*) > 1`,

  'reversals happen once': `
    SELECT 'entry ' || e.key AS place, 'no reversal of a reversal' AS expected, 'reverses ' || r.key AS found
    FROM entry e JOIN entry r ON r.key = e.reverses WHERE r.reverses IS NOT NULL
    UNION ALL
    SELECT 'entry ' || e.reverses, 'one reversal', count(*)::text FROM entry e
    WHERE e.reverses IS NOT NULL GROUP BY e.reverses HAVING count(*) > 1`,

  'holds give what they held': `
    SELECT 'hold ' || key AS place, 'at most ' || amount AS expected, 'captured ' || captured AS found
    FROM hold WHERE captured > amount OR captured <= 0 OR (state = 'captured' AND resolved_at >= expires_at)`,

  'closed months stay as they were': `
    SELECT 'account ' || coalesce(b.ledger_account, s.ledger_account) || ' at the end of '
        || to_char(coalesce(b.month, s.month), 'YYYY-MM') AS place,
      ${both('s.debits', 's.credits')} AS expected, ${both('b.debits', 'b.credits')} AS found
    FROM period_balance b FULL JOIN (
      SELECT ledger_account, currency, month, sum(debits) OVER w AS debits, sum(credits) OVER w AS credits
      FROM (
        SELECT p.ledger_account, p.currency, c.month, ${debits} AS debits, ${credits} AS credits
        FROM ${postings}
        JOIN LATERAL (SELECT min(month) AS month FROM closed_period
          WHERE is_summed AND month + interval '1 month' > e.booked_on) AS c ON c.month IS NOT NULL
        GROUP BY p.ledger_account, p.currency, c.month) AS moved
      WINDOW w AS (PARTITION BY ledger_account, currency ORDER BY month)) AS s
      USING (ledger_account, currency, month)
    WHERE (b.debits, b.credits) IS DISTINCT FROM (s.debits, s.credits)`,
};

/** Every seal with what its entries say now. */
export const sealsFound = `
  SELECT seq_to, entries, encode(digest, 'hex') AS digest, digest = seal_digest(before, seq_after, seq_to) AS is_same,
    (SELECT count(*)::integer FROM entry WHERE seq > seq_after AND seq <= seq_to) AS entries_found
  FROM (
    SELECT seq_to, entries, digest, lag(digest, 1, ''::bytea) OVER w AS before,
      lag(seq_to, 1, 0::bigint) OVER w AS seq_after
    FROM ledger_seal WINDOW w AS (ORDER BY seq_to)) AS seal ORDER BY seq_to`;

/** Totals through a day (\`$1\`): of the last month that was added up before its end, and what was booked since. */
export const totalsThrough = `
  WITH base AS (
    SELECT max(month) AS month FROM closed_period
    WHERE is_summed AND month + interval '1 month' <= $1::date + interval '1 day')
  SELECT ledger_account, currency, sum(debits)::text AS debits, sum(credits)::text AS credits
  FROM (
    SELECT * FROM (
      SELECT DISTINCT ON (ledger_account, currency) ledger_account, currency, debits, credits
      FROM period_balance WHERE month <= (SELECT month FROM base)
      ORDER BY ledger_account, currency, month DESC) AS summed
    UNION ALL
    SELECT * FROM (${sums} FROM ${postings}
      WHERE e.booked_on <= $1::date
        AND e.booked_on >= coalesce((SELECT month + interval '1 month' FROM base), '-infinity')
      GROUP BY p.ledger_account, p.currency) AS since) AS found
  GROUP BY ledger_account, currency ORDER BY ledger_account COLLATE "C", currency`;
