import type { AuditSeal } from '../../application/ports/audit-log.ts';
import type { KeyRing } from './key-ring.ts';
import { isSignedFor, sha256, signFor } from './signing.ts';

/** A signed head is said at no exchange: its context keeps it from being anything else. */
const place = { context: 'kabinet-audit-1', exchange: '', routingKey: '' } as const;

/** Seals the audit log by the gateway's key; heads of any key of the gateway's that is known hold. */
export const auditSeal = (keys: KeyRing): AuditSeal => ({
  digest: sha256,
  sign: (text) => {
    const { kid, privateKey } = keys.own;
    return { kid, signature: signFor(privateKey, place, Buffer.from(text)) };
  },
  holds: (text, kid, signature) => {
    const known = keys.find(kid);
    if (known?.source !== 'gateway') return false;
    return isSignedFor(known.publicKey, place, Buffer.from(text), signature);
  },
});
