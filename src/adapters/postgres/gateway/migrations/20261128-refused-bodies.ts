import type { Migration } from '../../migrate-database.ts';

/** What is kept of the bodies of messages that could not be believed. */
export const refusedBodies: Migration = {
  name: '20261128-refused-bodies',
  up: `
    CREATE TABLE refused_body (
      id uuid PRIMARY KEY,
      at timestamptz NOT NULL,
      incident_key text NOT NULL,
      message_id text NOT NULL,
      digest text NOT NULL,
      length integer NOT NULL,
      sealed text NOT NULL
    );
    CREATE INDEX refused_body_newest ON refused_body (at DESC, id DESC);
    CREATE INDEX refused_body_of_incident ON refused_body (incident_key, at DESC);
  `,
};
