import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { Secrets } from '../../application/ports/secrets.ts';

const ivBytes = 12;
/** Always said aloud: without it Node takes truncated tags. */
const tagBytes = 16;
const leastKeyBytes = 32;

/**
 * Digests and locks whose keys are all derived (HKDF-SHA-256) from one master key of at least 32 bytes.
 * Digests and locked texts begin with the name of the key, so that it can be changed one day.
 * Throws RangeError for a shorter key.
 */
export function keyedSecrets(masterKey: Uint8Array): Secrets {
  if (masterKey.length < leastKeyBytes) {
    throw new RangeError(`the master key must have at least ${leastKeyBytes} bytes`);
  }
  const macKey = derived(masterKey, 'mac', 32);
  const sealKey = derived(masterKey, 'seal', 32);
  const keyName = derived(masterKey, 'name', 6).toString('base64url');
  return {
    mac: (context) =>
      `${keyName}.${createHmac('sha256', macKey).update(context).digest('base64url')}`,
    matches: isSame,
    hashToken: (token) => createHash('sha256').update(token).digest('base64url'),
    hashBytes: (bytes) => createHash('sha256').update(bytes).digest('base64url'),
    seal: (text, purpose) => `${keyName}.${sealed(text, purpose, sealKey)}`,
    open: (text, purpose) => {
      const [name, body = ''] = text.split('.', 2);
      if (name !== keyName) throw new Error('this was sealed with another key');
      return opened(body, purpose, sealKey);
    },
  };
}

function derived(masterKey: Uint8Array, use: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', `kabinet ${use} v1`, length));
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function sealed(text: string, purpose: string, key: Buffer): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
}

function opened(body: string, purpose: string, key: Buffer): string {
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < ivBytes + tagBytes) throw new Error('this is too short to have been sealed');

  const iv = bytes.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const text = decipher.update(bytes.subarray(ivBytes, -tagBytes));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}
