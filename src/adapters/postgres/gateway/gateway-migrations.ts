import type { Migration } from '../migrate-database.ts';
import { audit } from './migrations/20261128-audit.ts';
import { consolePeopleAndSessions } from './migrations/20261128-console-people-and-sessions.ts';
import { incidentLifeAndNotices } from './migrations/20261128-incident-life-and-notices.ts';
import { measures } from './migrations/20261128-measures.ts';
import { refusedBodies } from './migrations/20261128-refused-bodies.ts';
import { smsSpending } from './migrations/20261128-sms-spending.ts';

/** The steps of the gateway's database. */
export const gatewayMigrations: readonly Migration[] = [
  {
    name: '20261122-ownership-incidents-and-commands',
    up: `
      CREATE TABLE ownership (
        account_id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        version bigint NOT NULL
      );
      CREATE TABLE incident (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL,
        detector text NOT NULL,
        target text NOT NULL,
        severity char(2) NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'resolved')),
        first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        sightings integer NOT NULL CHECK (sightings > 0),
        evidence text NOT NULL
      );
      CREATE UNIQUE INDEX incident_open ON incident (key) WHERE state = 'open';
      CREATE INDEX incident_newest ON incident (last_at DESC, id DESC);
      CREATE TABLE command_inbox (
        source text NOT NULL,
        idempotency_key text NOT NULL,
        request_hash text NOT NULL,
        taken_at timestamptz NOT NULL,
        PRIMARY KEY (source, idempotency_key)
      );
      CREATE INDEX command_inbox_oldest ON command_inbox (taken_at);
    `,
  },
  incidentLifeAndNotices,
  audit,
  consolePeopleAndSessions,
  measures,
  refusedBodies,
  smsSpending,
];
