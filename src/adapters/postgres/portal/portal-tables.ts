import { outboxTable } from '../postgres-outbox.ts';
import { autopayMigration } from './migrations/20261128-autopay.ts';
import { fiscalMigration } from './migrations/20261129-fiscal.ts';
import { paymentsMigration } from './migrations/20261128-payments.ts';
import { receiptsMigration } from './migrations/20261128-receipts.ts';
import { refundKeyMigration } from './migrations/20261128-refund-key.ts';
import { staffMigration } from './migrations/20261128-staff.ts';
import { settlementRunsMigration } from './migrations/20261129-settlement-runs.ts';
import { statementOrdersMigration } from './migrations/20261129-statement-orders.ts';
import { limiterTable } from './postgres-limiter.ts';

/** The portal's tables. `customer_id` leads every key a customer's request uses, so that customers can be spread over databases. */
export const portalTables = `
CREATE TABLE customer (
  id uuid PRIMARY KEY,
  contract text NOT NULL UNIQUE,
  name text NOT NULL,
  phone text NOT NULL,
  email text,
  locale text NOT NULL CHECK (locale IN ('ru', 'en')),
  version bigint NOT NULL
);
CREATE TABLE credential (
  customer_id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  code_failures integer NOT NULL DEFAULT 0,
  last_code_failure_at timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE TABLE sign_in_attempt (
  id uuid PRIMARY KEY,
  customer_id uuid,
  browser_hash text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  sends integer NOT NULL,
  last_sent_at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_expiry ON sign_in_attempt (expires_at);
CREATE TABLE one_time_code (
  id uuid PRIMARY KEY,
  attempt_id uuid NOT NULL REFERENCES sign_in_attempt ON DELETE CASCADE,
  purpose text NOT NULL,
  mac text NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  max_tries integer NOT NULL,
  expires_at timestamptz NOT NULL,
  consumed_at timestamptz,
  superseded_at timestamptz
);
CREATE UNIQUE INDEX one_time_code_live ON one_time_code (attempt_id) WHERE superseded_at IS NULL;
CREATE TABLE session (
  token_hash text PRIMARY KEY,
  customer_id uuid NOT NULL,
  signed_in_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL
);
CREATE INDEX session_of_customer ON session (customer_id, signed_in_at);
CREATE TABLE account (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  balance_minor bigint NOT NULL,
  opened_on date NOT NULL,
  as_of timestamptz NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (customer_id, id)
);
CREATE TABLE operation (
  customer_id uuid NOT NULL,
  account_id uuid NOT NULL,
  posted_at timestamptz NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) NOT NULL,
  description text NOT NULL,
  counterparty text,
  payment_id uuid,
  PRIMARY KEY (customer_id, account_id, posted_at, id)
);
CREATE INDEX operation_by_id ON operation (customer_id, id);
CREATE INDEX operation_of_payment ON operation (customer_id, payment_id) WHERE payment_id IS NOT NULL;
CREATE TABLE feed_end (customer_id uuid PRIMARY KEY, seq bigint NOT NULL);
CREATE TABLE feed (
  customer_id uuid NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('operation', 'payment', 'reset')),
  ref uuid,
  detail text,
  PRIMARY KEY (customer_id, seq)
);
CREATE TABLE payment (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  idempotency_key text NOT NULL,
  request_hash text NOT NULL,
  account_id uuid NOT NULL,
  account_number text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency char(3) NOT NULL,
  method text NOT NULL,
  provider text NOT NULL,
  state text NOT NULL,
  provider_ref text,
  redirect jsonb,
  expires_at timestamptz,
  paid_at timestamptz,
  late boolean,
  reason text,
  why text,
  attempts integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  next_look_at timestamptz,
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, idempotency_key)
);
CREATE UNIQUE INDEX payment_by_id ON payment (id);
CREATE INDEX payment_due ON payment (state, next_look_at) WHERE next_look_at IS NOT NULL;
CREATE TABLE payment_credit (
  customer_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) NOT NULL,
  credited_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, payment_id)
);
CREATE TABLE notification (
  provider text NOT NULL,
  event_key text NOT NULL,
  body_hash text NOT NULL,
  payment_id text NOT NULL,
  received_at timestamptz NOT NULL,
  applied boolean NOT NULL,
  PRIMARY KEY (provider, event_key)
);
CREATE TABLE receipt_counter (
  customer_id uuid NOT NULL,
  year integer NOT NULL,
  last integer NOT NULL,
  PRIMARY KEY (customer_id, year)
);
CREATE TABLE receipt (
  customer_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  number text NOT NULL,
  code text NOT NULL UNIQUE,
  issued_at timestamptz NOT NULL,
  paid_at timestamptz NOT NULL,
  account_number text NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) NOT NULL,
  method text NOT NULL,
  provider text NOT NULL,
  provider_ref text,
  PRIMARY KEY (customer_id, payment_id),
  UNIQUE (customer_id, number)
);
${limiterTable}
${outboxTable}
`;

/** What the portal's database goes through, oldest first. */
export const portalMigrations = [
  { name: '20261122-portal', up: portalTables },
  { name: '20261128-payments', up: paymentsMigration },
  { name: '20261128-refund-key', up: refundKeyMigration },
  { name: '20261128-staff', up: staffMigration },
  { name: '20261128-receipts', up: receiptsMigration },
  { name: '20261128-autopay', up: autopayMigration },
  { name: '20261129-fiscal', up: fiscalMigration },
  { name: '20261129-statement-orders', up: statementOrdersMigration },
  { name: '20261129-settlement-runs', up: settlementRunsMigration },
] as const;
