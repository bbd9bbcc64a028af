/** The company's own people: how they sign in, their sessions and what they did. */
export const staffMigration = `
CREATE TABLE staff (
  id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  name text NOT NULL,
  roles text[] NOT NULL CHECK (cardinality(roles) > 0),
  password_hash text NOT NULL,
  sealed_secret text NOT NULL,
  last_step bigint NOT NULL DEFAULT 0,
  is_active boolean NOT NULL DEFAULT true
);
CREATE TABLE staff_session (
  token_hash text PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff,
  signed_in_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL
);
CREATE INDEX staff_session_of ON staff_session (staff_id);
CREATE TABLE staff_journal (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  staff_id uuid REFERENCES staff,
  action text NOT NULL,
  payment_id uuid,
  detail text NOT NULL
);
CREATE INDEX staff_journal_of_payment ON staff_journal (payment_id, number) WHERE payment_id IS NOT NULL;
CREATE FUNCTION journal_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is only added to'; END $$;
CREATE TRIGGER staff_journal_kept BEFORE UPDATE OR DELETE ON staff_journal
  FOR EACH ROW EXECUTE FUNCTION journal_is_kept();
`;
