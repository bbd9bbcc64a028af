import type { Migration } from '../../migrate-database.ts';

/** What is about to be posted in an accounting system that our commit does not reach: one content per key, for ever. */
const up = `
  CREATE TABLE posting_intent (
    source text NOT NULL,
    idempotency_key text NOT NULL,
    customer_id uuid NOT NULL,
    request_hash text NOT NULL,
    intended_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, idempotency_key)
  );
`;

/** Commands that are posted elsewhere before they are in these books. */
export const postingIntents: Migration = { name: '20261128-posting-intents', up };
