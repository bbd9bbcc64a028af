/**
 * Fiscal receipts of payments and refunds. What settled lately is found by the time it did, so that looking for new
 * ones does not grow with the years.
 */
export const fiscalMigration = `
CREATE TABLE fiscal_receipt (
  customer_id uuid NOT NULL,
  key uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('payment', 'refund')),
  payment_id uuid NOT NULL,
  total_minor bigint NOT NULL CHECK (total_minor > 0),
  settled_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'registered', 'refused')),
  attempts integer NOT NULL,
  next_ask_at timestamptz,
  why text,
  data jsonb,
  ended_at timestamptz,
  PRIMARY KEY (customer_id, key),
  CHECK ((state = 'pending') = (next_ask_at IS NOT NULL)),
  CHECK ((state = 'registered') = (data IS NOT NULL))
);
CREATE UNIQUE INDEX fiscal_receipt_by_key ON fiscal_receipt (key);
CREATE INDEX fiscal_receipt_of_payment ON fiscal_receipt (customer_id, payment_id);
CREATE INDEX fiscal_receipt_due ON fiscal_receipt (next_ask_at) WHERE next_ask_at IS NOT NULL;
CREATE INDEX fiscal_receipt_settled ON fiscal_receipt (kind, settled_at);
CREATE INDEX payment_settled ON payment (updated_at) WHERE state = 'succeeded';
CREATE INDEX refund_settled ON refund (updated_at) WHERE state = 'succeeded';
`;
