import type { ReceiptContent } from '../../domain/receipt-content.ts';

/** A receipt's content as it was signed, with its signature. */
export interface ReceiptSeal {
  /** Canonical JSON (RFC 8785): the very text that was signed. */
  readonly content: string;
  /** Name of the key. */
  readonly kid: string;
  /** Ed25519 (RFC 8032) of the text's bytes, base64url. */
  readonly signature: string;
}

/** A public key as a JSON Web Key (RFC 8037). */
export interface ReceiptKey {
  readonly kid: string;
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

/** Signs receipts. Old keys stay known for ever: a receipt of ten years ago can still be checked. */
export interface ReceiptSigner {
  /** Signs with the key of today. The same content and key give the same seal. */
  seal(content: ReceiptContent): Promise<ReceiptSeal>;
  /** The canonical text of a JSON value; undefined where it has none, as with half a letter in it. */
  canonical(value: unknown): string | undefined;
  /** `unknown-key`: signed with none of ours, so nothing can be said. */
  check(seal: ReceiptSeal): Promise<'valid' | 'altered' | 'unknown-key'>;
  /** All keys that ever signed, newest first. */
  keys(): Promise<readonly ReceiptKey[]>;
}
