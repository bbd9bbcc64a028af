import type { QueryConfig } from 'pg';
import type { HistoryFilter } from '../../../application/ports/account-store.ts';
import type { AccountId, CustomerId } from '../../../domain/ids.ts';
import type { HistoryPlace } from '../../../domain/operation.ts';
import { timestamp } from '../pool.ts';

/** One page of a history. Without filters it is one walk along the primary key; the place is exclusive. */
export function historyQuery(
  account: AccountId,
  customer: CustomerId,
  filter: HistoryFilter,
  page: { readonly after: HistoryPlace | undefined; readonly limit: number },
): QueryConfig {
  const values: unknown[] = [customer, account, page.limit];
  const conditions: string[] = [];
  const names: string[] = [];
  const narrow = (name: string, condition: (n: string) => string, value: unknown): void => {
    if (value === undefined) return;
    values.push(value);
    names.push(name);
    conditions.push(` AND ${condition(`$${String(values.length)}`)}`);
  };
  const { from, before, text = '' } = filter;
  narrow('from', (n) => `posted_at >= ${n}`, from === undefined ? from : timestamp(from));
  narrow('before', (n) => `posted_at < ${n}`, before === undefined ? before : timestamp(before));
  narrow('kind', (n) => `kind = ${n}`, filter.kind);
  narrow('min', (n) => `amount_minor >= ${n}`, filter.min);
  narrow('max', (n) => `amount_minor <= ${n}`, filter.max);
  narrow(
    'text',
    (n) => `(description ILIKE ${n} OR counterparty ILIKE ${n})`,
    text === '' ? undefined : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`,
  );
  if (page.after !== undefined) {
    values.push(timestamp(page.after.postedAt), page.after.id);
    names.push('after');
    const at = values.length;
    conditions.push(` AND (posted_at, id) < ($${String(at - 1)}, $${String(at)})`);
  }
  return {
    name: `history:${names.join('+')}`,
    text: `SELECT * FROM operation WHERE customer_id = $1 AND account_id = $2${conditions.join('')}
      ORDER BY posted_at DESC, id DESC LIMIT $3`,
    values,
  };
}
