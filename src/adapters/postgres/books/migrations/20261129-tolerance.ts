import type { Migration } from '../../migrate-database.ts';

/** Differences that people let pass: what they are about is never changed, and a case is decided once. */
export const tolerances: Migration = {
  name: '20261129-tolerance',
  up: `
  CREATE TABLE tolerance (
    case_id text PRIMARY KEY,
    provider text NOT NULL,
    amount bigint NOT NULL CHECK (amount <> 0),
    currency char(3) NOT NULL,
    reason text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'agreed', 'declined')),
    decided_by text,
    decided_at timestamptz,
    decided_on date,
    CHECK ((state = 'waiting') = (decided_at IS NULL)),
    CHECK ((state = 'agreed') = (decided_on IS NOT NULL)),
    CHECK (state <> 'declined' OR decided_by IS NOT NULL),
    CHECK (state <> 'waiting' OR decided_by IS NULL)
  );
  CREATE INDEX tolerance_alone ON tolerance (decided_on, currency) WHERE state = 'agreed' AND decided_by IS NULL;

  CREATE FUNCTION check_tolerance() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'waiting' OR NEW.state = 'waiting'
      OR (OLD.case_id, OLD.provider, OLD.amount, OLD.currency, OLD.reason, OLD.asked_by, OLD.asked_at)
        IS DISTINCT FROM
        (NEW.case_id, NEW.provider, NEW.amount, NEW.currency, NEW.reason, NEW.asked_by, NEW.asked_at)
    THEN
      RAISE EXCEPTION 'a tolerated difference is decided once and never changed: %', OLD.case_id
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER tolerance_decided_once BEFORE UPDATE OR DELETE ON tolerance
    FOR EACH ROW EXECUTE FUNCTION check_tolerance();
  CREATE TRIGGER tolerance_not_emptied BEFORE TRUNCATE ON tolerance
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
};
