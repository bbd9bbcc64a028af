import { createHmac } from 'node:crypto';

/**
 * Signs a webhook body: HMAC-SHA256 over `<seconds>.<body>`, keyed with the endpoint secret as one
 * string, `whsec_` included.
 */
export function webhookSignature(body: string, secret: string, atSeconds: number): string {
  return createHmac('sha256', secret).update(`${atSeconds}.${body}`, 'utf8').digest('hex');
}

/** Makes the `Stripe-Signature` header of a webhook. */
export function signatureHeader(body: string, secret: string, atSeconds: number): string {
  return `t=${atSeconds},v1=${webhookSignature(body, secret, atSeconds)}`;
}
