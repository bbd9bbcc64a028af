import type { Migration } from '../../migrate-database.ts';

/**
 * Up to where the lines that others post in the accounting system were brought, and which entry a command of ours is
 * about to become there: only so are ours told from theirs while both come in.
 */
const up = `
  CREATE TABLE foreign_mark (
    source text PRIMARY KEY,
    changed_at timestamptz NOT NULL
  );
  ALTER TABLE posting_intent ADD COLUMN entry_key text;
  CREATE INDEX posting_intent_entry ON posting_intent (entry_key);
`;

/** What people post in the company's accounting system comes to the customers. */
export const foreignLines: Migration = { name: '20261128-foreign-lines', up };
