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

/** Writes down every statement of this process while the work is done. */
export async function traced(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const client = pg.Client.prototype as unknown as { query: (...given: unknown[]) => unknown };
  const { query } = client;
  client.query = function (this: pg.Client & { database?: string }, ...given: unknown[]) {
    const statement = statementOf(given);
    if (statement !== undefined) statements.push({ ...statement, database: this.database ?? '' });
    return query.apply(this, given);
  };
  try {
    await work();
  } finally {
    client.query = query;
  }
  return statements.filter(({ name }) => name === undefined || !inBatches.includes(name));
}

function statementOf([first, second]: readonly unknown[]) {
  const values = Array.isArray(second) ? (second as unknown[]) : [];
  if (typeof first === 'string') return { name: undefined, text: first, values };
  const config = first as pg.QueryConfig | undefined;
  if (typeof config?.text !== 'string') return undefined;
  return { name: config.name, text: config.text, values: config.values ?? values };
}

/** The statements of one database, without its first word `kabinet_`. */
export const of = (statements: readonly Statement[], database: string): Statement[] =>
  statements.filter((statement) => statement.database === `kabinet_${database}`);
