/** The key of whoever asked for a refund: a repeated wish is found by it, under its payment's lock. */
export const refundKeyMigration = `
ALTER TABLE refund ADD COLUMN request_key text;
CREATE UNIQUE INDEX refund_by_key ON refund (payment_id, request_key) WHERE request_key IS NOT NULL;
`;
