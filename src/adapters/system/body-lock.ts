import { createHash } from 'node:crypto';
import type { BodyLock } from '../../application/ports/refused-body-store.ts';
import { keyedSecrets } from './keyed-secrets.ts';

/** Locks bytes with AES-256-GCM under a key derived from the master key. */
export const bodyLock = (masterKey: Uint8Array): BodyLock => {
  const secrets = keyedSecrets(masterKey);
  return {
    digest: (body) => createHash('sha256').update(body).digest('hex'),
    seal: (bytes, purpose) => secrets.seal(Buffer.from(bytes).toString('base64url'), purpose),
    open: (sealed, purpose) =>
      new Uint8Array(Buffer.from(secrets.open(sealed, purpose), 'base64url')),
  };
};
