import pg from 'pg';

/** One statement as it went to a database. */
export interface Statement {
  readonly database: string;
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Done for many messages at once, so not counted for one payment. */
const inBatches = ['take-outbox', 'outbox-done', 'outbox-again'];
/** A transaction that touches one of these is one of those, too. */
const batchTable = /\b(audit_record|measure_change|ledger_seal|ledger_counter)\b/;

/** A statement, and the transaction it belongs to. */
export interface Traced extends Statement {
  readonly transaction: object;
}

/** Writes down every statement of this process while the work is done. */
export async function traced(work: () => Promise<unknown>): Promise<Traced[]> {
  const statements: Traced[] = [];
  /** Of the clients that have begun one. */
  const transactions = new Map<unknown, object>();
  // What began while the tracing ended is somebody else's.
  const unfinished = new Set<object>();
  const client = pg.Client.prototype as unknown as { query: (...given: unknown[]) => unknown };
  const { query } = client;
  client.query = function (this: pg.Client & { database?: string }, ...given: unknown[]) {
    const statement = statementOf(given);
    if (statement !== undefined) {
      if (statement.text === 'BEGIN') {
        transactions.set(this, {});
        unfinished.add(transactions.get(this)!);
      }
      // Without a BEGIN it is one of its own.
      const transaction = transactions.get(this) ?? {};
      statements.push({ ...statement, database: this.database ?? '', transaction });
      if (/^(COMMIT|ROLLBACK)/.test(statement.text)) {
        transactions.delete(this);
        unfinished.delete(transaction);
      }
    }
    return query.apply(this, given);
  };
  try {
    await work();
  } finally {
    client.query = query;
  }
  const batches = new Set(
    statements.flatMap(({ text, transaction }) => (batchTable.test(text) ? [transaction] : [])),
  );
  return statements.filter(
    ({ name, transaction }) =>
      !batches.has(transaction) &&
      !unfinished.has(transaction) &&
      (name === undefined || !inBatches.includes(name)),
  );
}

function statementOf([first, second]: readonly unknown[]) {
  const values = Array.isArray(second) ? (second as unknown[]) : [];
  if (typeof first === 'string') return { name: undefined, text: first, values };
  const config = first as pg.QueryConfig | undefined;
  if (typeof config?.text !== 'string') return undefined;
  return { name: config.name, text: config.text, values: config.values ?? values };
}

const textOf = ({ values }: Statement): string =>
  JSON.stringify(values, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );

/**
 * The transactions that name one of these ids, or an id that one of those names: programs do other things meanwhile,
 * and the gateway keeps a command by its own key.
 */
export function about(statements: readonly Traced[], ids: readonly string[]): Traced[] {
  const naming = (wanted: readonly string[]): Traced[] => {
    const named = new Set(
      statements.flatMap((one) =>
        wanted.some((id) => textOf(one).includes(id)) ? [one.transaction] : [],
      ),
    );
    return statements.filter(({ transaction }) => named.has(transaction));
  };
  const direct = naming(ids).map(textOf).join('\n');
  return naming(direct.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []);
}

/** The statements of one database, without its first word `kabinet_`. */
export const of = (statements: readonly Statement[], database: string): Statement[] =>
  statements.filter((statement) => statement.database === `kabinet_${database}`);
