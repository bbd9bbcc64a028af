import type { Migration } from '../../migrate-database.ts';

/** One capture for a provider's reference, whether its owner is known or not and whoever told of it. */
export const captureProof: Migration = {
  name: '20261129-capture-proof',
  up: `
  CREATE UNIQUE INDEX entry_capture_proof ON entry (provider, provider_ref)
    WHERE provider_ref IS NOT NULL AND kind IN ('payment-captured', 'payment-unidentified',
      'payment-captured-by-registry', 'payment-unidentified-by-registry');
`,
};
