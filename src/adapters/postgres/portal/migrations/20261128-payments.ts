/** Fees, quotes and holds on payments; their refunds and disputes; methods a provider remembers. */
export const paymentsMigration = `
ALTER TABLE payment
  ADD COLUMN number integer,
  ADD COLUMN fee_minor bigint NOT NULL DEFAULT 0 CHECK (fee_minor >= 0),
  ADD COLUMN charge_minor bigint CHECK (charge_minor > 0),
  ADD COLUMN charge_currency char(3),
  ADD COLUMN quote jsonb,
  ADD COLUMN provider_method text,
  ADD COLUMN holds boolean NOT NULL DEFAULT false,
  ADD COLUMN saves boolean NOT NULL DEFAULT false,
  ADD COLUMN saved_method_id uuid,
  ADD COLUMN captured_minor bigint,
  ADD COLUMN captured_currency char(3),
  ADD COLUMN provider_fee_minor bigint,
  ADD COLUMN proposed_as text,
  ADD COLUMN proposed_by uuid;
UPDATE payment SET charge_minor = amount_minor, charge_currency = currency,
  captured_minor = CASE WHEN state = 'succeeded' THEN amount_minor END,
  captured_currency = CASE WHEN state = 'succeeded' THEN currency END;
ALTER TABLE payment
  ALTER COLUMN charge_minor SET NOT NULL,
  ALTER COLUMN charge_currency SET NOT NULL;
CREATE INDEX payment_by_ref ON payment (provider, provider_ref) WHERE provider_ref IS NOT NULL;
CREATE INDEX payment_paid ON payment (provider, paid_at, id) WHERE paid_at IS NOT NULL;
CREATE INDEX payment_in_review ON payment (id) WHERE state IN ('review', 'authorized');

CREATE TABLE payment_number (
  number integer PRIMARY KEY CHECK (number > 0),
  customer_id uuid NOT NULL,
  payment_id uuid NOT NULL
);

ALTER TABLE receipt
  ADD COLUMN fee_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN total_minor bigint,
  ADD COLUMN total_currency char(3);
UPDATE receipt SET total_minor = amount_minor, total_currency = currency;
ALTER TABLE receipt
  ALTER COLUMN total_minor SET NOT NULL,
  ALTER COLUMN total_currency SET NOT NULL;

ALTER TABLE notification ADD COLUMN why text;
CREATE INDEX notification_odd ON notification (received_at) WHERE NOT applied OR why IS NOT NULL;

CREATE TABLE refund (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  provider text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency char(3) NOT NULL,
  debit_minor bigint NOT NULL CHECK (debit_minor >= 0),
  debit_currency char(3) NOT NULL,
  state text NOT NULL,
  origin text NOT NULL CHECK (origin IN ('staff', 'provider')),
  reason text NOT NULL,
  requested_by uuid,
  approved_by uuid,
  provider_ref text,
  attempts integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  next_look_at timestamptz,
  PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX refund_by_id ON refund (id);
CREATE INDEX refund_of_payment ON refund (payment_id);
CREATE INDEX refund_due ON refund (next_look_at) WHERE next_look_at IS NOT NULL;

CREATE TABLE refund_debit (
  customer_id uuid NOT NULL,
  refund_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('debit', 'reversal')),
  amount_minor bigint NOT NULL,
  currency char(3) NOT NULL,
  debited_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, refund_id, kind)
);

CREATE TABLE dispute (
  customer_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  provider text NOT NULL,
  ref text NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'won', 'lost')),
  reason text NOT NULL,
  opened_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, payment_id, provider, ref)
);

CREATE TABLE saved_method (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  provider text NOT NULL,
  method text NOT NULL,
  title text NOT NULL,
  sealed_token text NOT NULL,
  payment_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, payment_id)
);

CREATE TABLE autopay (
  customer_id uuid NOT NULL,
  account_id uuid NOT NULL,
  saved_method_id uuid NOT NULL,
  limit_minor bigint NOT NULL CHECK (limit_minor > 0),
  currency char(3) NOT NULL,
  day_of_month integer NOT NULL CHECK (day_of_month BETWEEN 1 AND 28),
  consent text NOT NULL,
  agreed_at timestamptz NOT NULL,
  announced_minor bigint,
  charge_at timestamptz,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, account_id)
);
CREATE INDEX autopay_due ON autopay (next_at);

CREATE TABLE reconciliation_run (
  id uuid PRIMARY KEY,
  provider text NOT NULL,
  day date NOT NULL,
  source text NOT NULL CHECK (source IN ('list', 'registry')),
  hash text,
  ran_at timestamptz NOT NULL,
  lines integer NOT NULL,
  matched integer NOT NULL,
  breaks jsonb NOT NULL
);
CREATE INDEX reconciliation_of_day ON reconciliation_run (provider, day, source);
CREATE UNIQUE INDEX reconciliation_of_file ON reconciliation_run (provider, hash) WHERE hash IS NOT NULL;
`;
