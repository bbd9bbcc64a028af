/**
 * What was paid with, receipts of refunds, the seals of receipts (the first one stays), and the keys that seal: private ones locked with the
 * master key, one at work, the others only to check what they signed.
 */
export const receiptsMigration = `
ALTER TABLE payment ADD COLUMN instrument jsonb;
ALTER TABLE receipt ADD COLUMN instrument jsonb;
CREATE TABLE refund_receipt (
  customer_id uuid NOT NULL,
  refund_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  number text NOT NULL,
  code text NOT NULL UNIQUE,
  issued_at timestamptz NOT NULL,
  account_number text NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) NOT NULL,
  total_minor bigint NOT NULL,
  total_currency char(3) NOT NULL,
  method text NOT NULL,
  provider text NOT NULL,
  provider_ref text,
  PRIMARY KEY (customer_id, refund_id),
  UNIQUE (customer_id, number)
);
CREATE INDEX refund_receipt_by_payment ON refund_receipt (customer_id, payment_id);
CREATE TABLE receipt_seal (
  customer_id uuid NOT NULL,
  code text NOT NULL,
  content text NOT NULL,
  kid text NOT NULL,
  signature text NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, code)
);
CREATE UNIQUE INDEX receipt_seal_by_code ON receipt_seal (code);
CREATE TABLE receipt_key (
  kid text PRIMARY KEY,
  x text NOT NULL,
  locked_private text,
  made_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz
);
CREATE UNIQUE INDEX receipt_key_at_work ON receipt_key ((true)) WHERE retired_at IS NULL;
`;
