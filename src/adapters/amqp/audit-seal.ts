import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import type { AuditReader, AuditSeal } from '../../application/ports/audit-log.ts';
import { readPublicKey, writePublicKey } from './key-files.ts';
import type { KeyRing } from './key-ring.ts';
import { isSignedFor, keyId, sha256, signFor } from './signing.ts';

/** A signed head is said at no exchange: its context keeps it from being anything else. */
const place = { context: 'kabinet-audit-1', exchange: '', routingKey: '' } as const;

/** Where the public keys stay that ever signed a head: messages forget an old key, the audit must not. */
const folderOf = (directory: string): string => join(directory, 'audit');
const pathOf = (directory: string, kid: string): string =>
  join(folderOf(directory), `${kid}.public.pem`);

/**
 * Believes the heads of every key whose public half lies in `<directory>/audit`, whenever it was signed with. To believe
 * a stolen key no more, take its file away. No private key is needed.
 */
export const auditReader = (directory: string): AuditReader => ({
  digest: sha256,
  holds: (text, kid, signature) => {
    const folder = folderOf(directory);
    // The name comes from the database: only one that is there is opened.
    if (!existsSync(folder) || !readdirSync(folder).includes(`${kid}.public.pem`)) return false;
    const key = readPublicKey(pathOf(directory, kid));
    return keyId(key) === kid && isSignedFor(key, place, Buffer.from(text), signature);
  },
});

/** Seals the audit log by the ring's key of the moment, and keeps the public half for whoever reads it later. */
export const auditSeal = (keys: KeyRing, directory: string): AuditSeal => ({
  ...auditReader(directory),
  sign: (text) => {
    const { kid, privateKey } = keys.own;
    if (!existsSync(pathOf(directory, kid))) {
      mkdirSync(folderOf(directory), { recursive: true });
      writePublicKey(pathOf(directory, kid), createPublicKey(privateKey));
    }
    return { kid, signature: signFor(privateKey, place, Buffer.from(text)) };
  },
});
