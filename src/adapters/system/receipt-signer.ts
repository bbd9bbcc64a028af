import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import canonicalize from 'canonicalize';
import type { KeptReceiptKey, ReceiptKeyStore } from '../../application/ports/receipt-key-store.ts';
import type {
  ReceiptKey,
  ReceiptSeal,
  ReceiptSigner,
} from '../../application/ports/receipt-signer.ts';
import type { Secrets } from '../../application/ports/secrets.ts';

const purpose = 'receipt key';
/** Of the thumbprint: short enough for a QR code, long enough that no two keys of a company share it. */
const kidLength = 8;

/**
 * Signs receipts with Ed25519 (RFC 8032) over canonical JSON (RFC 8785). The key is made when the first receipt is
 * signed; its private part is kept locked with the master key, so that all portals sign with the same.
 */
export function receiptSigner(store: ReceiptKeyStore, secrets: Secrets): ReceiptSigner {
  return {
    seal: async (content) => {
      const key = (await store.atWork()) ?? (await store.begin(newReceiptKey(secrets)));
      const text = canonical(content);
      if (text === undefined) throw new TypeError('a receipt that is no text cannot be signed');
      const privateKey = unlocked(key, secrets);
      const signature = sign(null, Buffer.from(text), privateKey).toString('base64url');
      return { content: text, kid: key.kid, signature };
    },
    canonical,
    check: async ({ content, kid, signature }) => {
      const key = (await store.all()).find((known) => known.kid === kid);
      if (key === undefined) return 'unknown-key';
      return isSigned(publicKeyOf(key), content, signature) ? 'valid' : 'altered';
    },
    keys: () => store.all(),
  };
}

/** A new key, its private part locked. */
export function newReceiptKey(secrets: Secrets): KeptReceiptKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  // RFC 7638: the digest of the required members in their order.
  const thumbprint = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    kid: thumbprint.digest('base64url').slice(0, kidLength),
    kty: 'OKP',
    crv: 'Ed25519',
    x,
    lockedPrivate: secrets.seal(pem, purpose),
  };
}

/** Checks a seal against a public key alone, as an auditor does who has no portal. */
export const isSealedBy = ({ content, signature }: ReceiptSeal, key: ReceiptKey): boolean =>
  isSigned(publicKeyOf(key), content, signature);

const canonical = (value: unknown): string | undefined => {
  try {
    return canonicalize(value);
  } catch {
    return undefined;
  }
};

const unlocked = ({ kid, lockedPrivate }: KeptReceiptKey, secrets: Secrets): KeyObject => {
  if (lockedPrivate === undefined) throw new Error(`receipt key ${kid} has no private part`);
  return createPrivateKey(secrets.open(lockedPrivate, purpose));
};

const publicKeyOf = ({ kty, crv, x }: ReceiptKey): KeyObject =>
  createPublicKey({ key: { kty, crv, x }, format: 'jwk' });

const isSigned = (key: KeyObject, content: string, signature: string): boolean => {
  const bytes = Buffer.from(signature, 'base64url');
  // Only one spelling of a signature is taken.
  if (bytes.byteLength !== 64 || bytes.toString('base64url') !== signature) return false;
  return verify(null, Buffer.from(content), key, bytes);
};
