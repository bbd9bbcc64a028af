/** Reconciliations of a provider's batch with the bank, beside those of its days. */
export const settlementRunsMigration = `
ALTER TABLE reconciliation_run DROP CONSTRAINT reconciliation_run_source_check;
ALTER TABLE reconciliation_run
  ADD COLUMN batch text,
  ADD CONSTRAINT reconciliation_run_source CHECK (source IN ('list', 'registry', 'settlement')),
  ADD CONSTRAINT reconciliation_run_batch CHECK ((source = 'settlement') = (batch IS NOT NULL));
CREATE INDEX reconciliation_of_batch ON reconciliation_run (provider, batch) WHERE batch IS NOT NULL;
`;
