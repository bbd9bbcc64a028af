/** Auto-pay with its rounds; the agreements outlive it. The table before this one was never written to. */
export const autopayMigration = `
DROP TABLE autopay;

CREATE TABLE autopay_consent (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  saved_method_id uuid NOT NULL,
  words text NOT NULL,
  agreed_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (customer_id, id)
);

CREATE TABLE autopay (
  customer_id uuid NOT NULL,
  account_id uuid NOT NULL,
  consent_id uuid NOT NULL,
  saved_method_id uuid NOT NULL,
  limit_minor bigint NOT NULL CHECK (limit_minor > 0),
  currency char(3) NOT NULL,
  day_of_month integer NOT NULL CHECK (day_of_month BETWEEN 1 AND 28),
  stage text NOT NULL CHECK (stage IN ('waiting', 'announced', 'charging')),
  charge_at timestamptz NOT NULL,
  amount_minor bigint CHECK (amount_minor > 0),
  payment_id uuid,
  last_end text CHECK (last_end IN ('paid', 'nothing-due', 'over-limit', 'declined')),
  last_at timestamptz,
  last_minor bigint,
  last_payment_id uuid,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, account_id),
  CHECK ((stage = 'waiting') = (amount_minor IS NULL)),
  CHECK ((stage = 'charging') = (payment_id IS NOT NULL))
);
CREATE INDEX autopay_due ON autopay (next_at);
`;
