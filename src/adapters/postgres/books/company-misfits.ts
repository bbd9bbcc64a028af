import type { CompanyFile } from '../../../domain/company-file.ts';

/** A staging table and how its rows are told apart. */
interface StagedFile {
  readonly file: CompanyFile;
  readonly table: string;
  readonly key: string;
  readonly content: readonly string[];
}

const customers: StagedFile = {
  file: 'customers',
  table: 'staged_customer',
  key: 'contract',
  content: ['name', 'phone', 'email', 'locale'],
};
const accounts: StagedFile = {
  file: 'accounts',
  table: 'staged_account',
  key: 'number',
  content: ['contract', 'currency', 'opened_on', 'title'],
};
const operations: StagedFile = {
  file: 'operations',
  table: 'staged_operation',
  key: 'id',
  content: ['account', 'posted_at', 'kind', 'amount', 'description', 'counterparty'],
};

/** Moves the rows of a query out of staging. `select` answers `s.line` and a reason. */
const moveOut = ({ file, table }: StagedFile, column: string, select: string): string => `
  WITH found AS (${select}), moved AS (
    DELETE FROM ${table} s USING found f WHERE s.line = f.line
    RETURNING s.line, s.raw, f.reason)
  INSERT INTO misfit SELECT '${file}', line, '${column}', reason, raw FROM moved`;

/** Rows with an id an earlier row has: the same content is a harmless repeat, another is a misfit. */
const doubles = (staged: StagedFile): string[] => {
  const { table, key, content } = staged;
  const row = (alias: string) => `ROW(${content.map((name) => `${alias}.${name}`).join(', ')})`;
  const doubled = `
    FROM (SELECT ${key}, min(line) AS line FROM ${table} GROUP BY ${key} HAVING count(*) > 1) m
    JOIN ${table} first ON first.${key} = m.${key} AND first.line = m.line
    JOIN ${table} s ON s.${key} = m.${key} AND s.line > m.line`;
  return [
    moveOut(
      staged,
      key,
      `SELECT s.line, 'stands on line ' || first.line || ' with other content' AS reason ${doubled}
        WHERE ${row('s')} IS DISTINCT FROM ${row('first')}`,
    ),
    `DELETE FROM ${table} gone USING (SELECT s.line ${doubled}) d WHERE gone.line = d.line`,
  ];
};

const known = 'already imported with other content';

/** Statements that move every row out of staging that does not fit the others or the books. In this order. */
export const findMisfits: readonly string[] = [
  ...doubles(customers),
  moveOut(
    customers,
    'contract',
    `SELECT s.line, '${known}' AS reason FROM staged_customer s JOIN customer c USING (contract)
      WHERE (s.name, s.phone, s.email, s.locale)
        IS DISTINCT FROM (c.name, c.phone, c.email, c.locale)`,
  ),
  moveOut(
    accounts,
    'contract',
    `SELECT s.line, 'is no contract of these files or the books' AS reason FROM staged_account s
      WHERE NOT EXISTS (SELECT 1 FROM staged_customer c WHERE c.contract = s.contract)
        AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.contract = s.contract)`,
  ),
  ...doubles(accounts),
  moveOut(
    accounts,
    'number',
    `SELECT s.line, '${known}' AS reason
      FROM staged_account s JOIN account a USING (number) JOIN customer c ON c.id = a.customer_id
      WHERE (s.contract, s.currency, s.opened_on, s.title)
        IS DISTINCT FROM (c.contract, a.currency::text, a.opened_on, a.title)`,
  ),
  moveOut(
    operations,
    'account',
    `SELECT s.line, 'is no account of these files or the books' AS reason FROM staged_operation s
      WHERE NOT EXISTS (SELECT 1 FROM staged_account a WHERE a.number = s.account)
        AND NOT EXISTS (SELECT 1 FROM account a WHERE a.number = s.account)`,
  ),
  ...doubles(operations),
  `CREATE TEMP TABLE known_operation ON COMMIT DROP AS
    SELECT s.line, o.id IS NOT NULL AS is_same
    FROM staged_operation s
    JOIN entry e ON e.key = s.key
    LEFT JOIN account a ON a.number = s.account
    LEFT JOIN operation o ON o.customer_id = e.customer_id AND o.account_id = a.id
      AND o.posted_at = s.posted_at AND o.id = e.id
      AND (o.kind, o.amount, o.currency::text, o.description, o.counterparty)
        IS NOT DISTINCT FROM (s.kind, s.amount, s.currency, s.description, s.counterparty)`,
  'ANALYZE known_operation',
  moveOut(
    operations,
    'id',
    `SELECT s.line, '${known}' AS reason
      FROM staged_operation s JOIN known_operation k USING (line) WHERE NOT k.is_same`,
  ),
  'DELETE FROM staged_operation s USING known_operation k WHERE s.line = k.line AND k.is_same',
];
