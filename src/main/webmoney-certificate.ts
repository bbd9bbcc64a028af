import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Certificate } from '../adapters/payment/webmoney/webmoney-xml.ts';

/**
 * Reads the WMID's certificate and its key from one PEM file; throws an Error of one sentence that says what is wrong,
 * and nothing of what is in the file.
 */
export function readCertificate(path: string): Certificate {
  const wrong = (why: string, cause?: unknown): Error =>
    new Error(`${path}, named by WEBMONEY_CERTIFICATE, ${why}`, { cause });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw wrong('cannot be read', cause);
  }
  const [cert, key] = [block(text, 'CERTIFICATE'), block(text, '(?:EC |RSA )?PRIVATE KEY')];
  if (cert === undefined) throw wrong('has no CERTIFICATE in it; it is to be a PEM file');
  if (key === undefined) throw wrong('has no PRIVATE KEY in it, or one behind a passphrase');
  try {
    const isPair = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
    if (isPair) return { cert, key };
  } catch {
    throw wrong('holds a certificate or a key that cannot be read');
  }
  throw wrong('holds a key that is not the certificate’s');
}

const block = (text: string, name: string): string | undefined =>
  new RegExp(`-----BEGIN ${name}-----[^-]+-----END ${name}-----`).exec(text)?.[0];
