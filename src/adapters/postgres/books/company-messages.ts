/** An instant as the messages write it. */
const iso = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const moneyJson = (minor: string, currency: string): string =>
  `json_build_object('minor', (${minor})::text, 'currency', ${currency})`;

/**
 * Ids that grow in the order of the messages, in the form of a UUID version 7: `$1` is the time, `$2` ten random
 * hexadecimal digits, so that two loads never meet.
 */
const messageId = (ordinal: string): string => `
  (SELECT (substr(ms, 1, 8) || '-' || substr(ms, 9, 4) || '-7' || substr($2::text, 1, 3)
      || '-8' || substr($2::text, 4, 3) || '-' || substr($2::text, 7, 4)
      || lpad(to_hex(${ordinal}), 8, '0'))::uuid
    FROM lpad(to_hex(floor(extract(epoch FROM $1::timestamptz) * 1000)::bigint), 12, '0') AS ms)`;

const insert = 'INSERT INTO outbox (id, topic, customer_id, body, created_at, next_at)';

/** Tells of every new customer. Parameters: time of the load, ten random hexadecimal digits. */
export const customerMessages = `
  ${insert}
  SELECT ${messageId('ordinal')}, 'event', id, json_build_object(
    'type', 'ledger.customer-changed',
    'data', json_strip_nulls(json_build_object('customerId', id, 'contract', contract,
      'name', name, 'phone', phone, 'email', email, 'locale', locale, 'version', version)))::text,
    $1, $1
  FROM (SELECT c.*, row_number() OVER (ORDER BY c.id) AS ordinal
    FROM new_customer n JOIN customer c USING (id)) AS told`;

const operationJson = `
  json_strip_nulls(json_build_object('id', n.id, 'postedAt', ${iso('n.posted_at')},
    'kind', n.kind, 'amount', ${moneyJson('n.amount', 'n.currency')},
    'description', n.description, 'counterparty', n.counterparty))`;

/**
 * Tells of every changed account, in messages of a limited number of operations, oldest operations first.
 * Parameters: time, ten random digits, number of messages before.
 */
export const accountMessages = `
  ${insert}
  SELECT ${messageId('$3::bigint + ordinal')}, 'event', customer_id, json_build_object(
    'type', 'ledger.account-changed',
    'data', json_build_object('customerId', customer_id, 'accountId', id, 'number', number,
      'title', title, 'balance', ${moneyJson('balance', 'currency')}, 'openedOn', opened_on,
      'asOf', ${iso('$1::timestamptz')}, 'version', version - parts + part + 1,
      'operations', operations))::text,
    $1, $1
  FROM (
    SELECT a.*, c.parts, coalesce(o.part, 0) AS part, coalesce(o.operations, '[]') AS operations,
      row_number() OVER (ORDER BY a.customer_id, a.id, o.part) AS ordinal
    FROM changed_account c
    JOIN account a ON a.customer_id = c.customer_id AND a.id = c.id
    LEFT JOIN (
      SELECT n.customer_id, n.account_id, n.part,
        json_agg(${operationJson} ORDER BY n.posted_at, n.line) AS operations
      FROM new_operation n GROUP BY n.customer_id, n.account_id, n.part
    ) AS o ON o.customer_id = c.customer_id AND o.account_id = c.id) AS told`;
