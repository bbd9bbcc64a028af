import type { Migration } from '../../migrate-database.ts';

/** The life of incidents, and what people and programs are told of them. */
export const incidentLifeAndNotices: Migration = {
  name: '20261128-incident-life-and-notices',
  up: `
    DROP INDEX incident_open;
    ALTER TABLE incident RENAME COLUMN id TO seq;
    ALTER TABLE incident DROP CONSTRAINT incident_pkey;
    ALTER TABLE incident DROP CONSTRAINT incident_state_check;
    ALTER TABLE incident
      ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      ADD CHECK (state IN ('open', 'acknowledged', 'mitigating', 'resolved', 'reviewed')),
      ADD COLUMN verdict text CHECK (verdict IN ('true-positive', 'false-positive')),
      ADD CHECK ((verdict IS NULL) = (state <> 'reviewed')),
      ADD COLUMN origins jsonb NOT NULL
        DEFAULT jsonb_build_object('kept', jsonb_build_object(), 'sketch', repeat('0', 256), 'isExact', true),
      ADD COLUMN opened_at timestamptz,
      ADD COLUMN openings integer NOT NULL DEFAULT 1,
      ADD COLUMN moved_at timestamptz,
      ADD COLUMN moved_by text,
      ADD COLUMN revision integer NOT NULL DEFAULT 1,
      -- When time acts on it; null when it does not.
      ADD COLUMN acts_at timestamptz,
      ADD COLUMN told jsonb NOT NULL DEFAULT '{}',
      -- When somebody has to decide whether to tell of it; null when nothing waits.
      ADD COLUMN look_at timestamptz;
    UPDATE incident SET opened_at = first_at, moved_at = last_at,
      acts_at = CASE WHEN state = 'open' THEN last_at END,
      look_at = CASE WHEN state = 'open' THEN last_at END;
    ALTER TABLE incident ALTER COLUMN opened_at SET NOT NULL, ALTER COLUMN moved_at SET NOT NULL;
    CREATE UNIQUE INDEX incident_live ON incident (key)
      WHERE state IN ('open', 'acknowledged', 'mitigating');
    CREATE INDEX incident_key ON incident (key, seq DESC);
    CREATE INDEX incident_first ON incident (first_at);
    CREATE INDEX incident_acts ON incident (acts_at) WHERE acts_at IS NOT NULL;
    CREATE INDEX incident_look ON incident (look_at) WHERE look_at IS NOT NULL;

    CREATE TABLE incident_move (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      incident_id uuid NOT NULL REFERENCES incident (id),
      from_state text NOT NULL,
      to_state text NOT NULL,
      at timestamptz NOT NULL,
      by text
    );
    CREATE INDEX incident_move_incident ON incident_move (incident_id, seq);

    CREATE TABLE notice (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id uuid NOT NULL UNIQUE,
      recipient text NOT NULL,
      locale text NOT NULL,
      severity char(2) NOT NULL,
      content jsonb NOT NULL,
      channels jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      due_at timestamptz NOT NULL,
      state text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
      rounds integer NOT NULL,
      attempts integer NOT NULL
    );
    CREATE INDEX notice_waiting ON notice (severity, seq) INCLUDE (due_at) WHERE state = 'waiting';
    CREATE INDEX notice_oldest ON notice (created_at);
    CREATE TABLE notice_attempt (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      notice_id uuid NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
      at timestamptz NOT NULL,
      channel text NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('accepted', 'refused', 'not-attempted', 'unknown')),
      note text NOT NULL
    );
    CREATE INDEX notice_attempt_notice ON notice_attempt (notice_id, seq);
    CREATE TABLE notice_bucket (
      recipient text NOT NULL,
      channel text NOT NULL,
      arrival_ms double precision NOT NULL,
      PRIMARY KEY (recipient, channel)
    );
  `,
};
