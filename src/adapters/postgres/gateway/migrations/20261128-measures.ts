import type { Migration } from '../../migrate-database.ts';

/** What gateways did about suspects: a row for each change, read on from the last one seen. */
export const measures: Migration = {
  name: '20261128-measures',
  up: `
    CREATE TABLE measure_change (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at timestamptz NOT NULL,
      who_kind text NOT NULL CHECK (who_kind IN ('session', 'customer', 'subnet', 'login')),
      who_id text NOT NULL,
      measure text CHECK (measure IN ('step-up', 'tarpit', 'throttle', 'quarantine')),
      until timestamptz,
      taken integer NOT NULL CHECK (taken >= 0),
      lifted_at timestamptz,
      CHECK ((measure IS NULL) = (until IS NULL))
    );
    CREATE INDEX measure_change_oldest ON measure_change (at);
  `,
};
