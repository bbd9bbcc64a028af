import type { Migration } from '../../migrate-database.ts';

/** Who may watch the gateway, and where they are signed in. */
export const consolePeopleAndSessions: Migration = {
  name: '20261128-console-people-and-sessions',
  up: `
    CREATE TABLE console_person (
      id uuid PRIMARY KEY,
      login text NOT NULL UNIQUE,
      name text NOT NULL,
      password_hash text NOT NULL,
      sealed_secret text NOT NULL,
      is_active boolean NOT NULL,
      last_step bigint NOT NULL DEFAULT 0
    );
    CREATE TABLE console_session (
      token_hash text PRIMARY KEY,
      person_id uuid NOT NULL REFERENCES console_person (id),
      signed_in_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL
    );
    CREATE INDEX console_session_person ON console_session (person_id);
    CREATE INDEX console_session_last_seen ON console_session (last_seen_at);
  `,
};
