import pg from 'pg';

/** What a program that keeps the books may change beside adding to them, by table; where columns are named, only those. */
const changed: Readonly<Record<string, string>> = {
  account: 'UPDATE (balance, version)',
  inbox: 'UPDATE (result)',
  outbox: 'UPDATE, DELETE',
  posting_intent: 'UPDATE (entry_key)',
  foreign_mark: 'UPDATE (changed_at)',
  hold: 'UPDATE (state, captured, resolved_at)',
  tolerance: 'UPDATE (state, decided_by, decided_at, decided_on)',
  closed_period: 'UPDATE (is_summed)',
  ledger_counter: 'UPDATE (debits, credits)',
};

/**
 * Lets a role work with the books and no more: it reads and adds everywhere, changes what has to change, and has no UPDATE,
 * DELETE or TRUNCATE on entries, postings, seals and bills, whatever the triggers say. Said again after every migration.
 * The role must be there and must not own the tables. Throws an Error of one sentence.
 */
export async function grantBooks(ownerUrl: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('BEGIN');
    await refuseUnfit(client, role);
    for (const statement of statementsFor(pg.escapeIdentifier(role))) await client.query(statement);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

const statementsFor = (role: string): readonly string[] => [
  `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`,
  `GRANT USAGE ON SCHEMA public TO ${role}`,
  `GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO ${role}`,
  `REVOKE INSERT ON migration, pseudonym_secret FROM ${role}`,
  ...Object.entries(changed).map(([table, what]) => `GRANT ${what} ON ${table} TO ${role}`),
  `GRANT EXECUTE ON FUNCTION stop_writers(), stop_holders() TO ${role}`,
];

/** A role that owns the tables, or is above all rights, would be held back by nothing of this. */
async function refuseUnfit(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ is_above: boolean }>(
    `SELECT r.rolsuper OR pg_has_role(r.oid, t.tableowner, 'MEMBER') AS is_above
      FROM pg_roles r, pg_tables t
      WHERE r.rolname = $1 AND t.schemaname = 'public' AND t.tablename = 'entry'`,
    [role],
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`there is no role ${role}; create it first`);
  if (found.is_above) {
    throw new Error(
      `the role ${role} owns the books or is a superuser; take one that may be held back`,
    );
  }
}
