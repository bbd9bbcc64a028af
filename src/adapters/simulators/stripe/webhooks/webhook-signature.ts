import { createHmac } from 'node:crypto';

/** What the endpoint's notifications are signed with. */
export interface EndpointSecrets {
  readonly secret: string;
  /** The one being replaced, for as long as both sign. */
  readonly retiring: string | undefined;
}

/**
 * Signs a webhook body: HMAC-SHA256 over `<seconds>.<body>`, keyed with the endpoint secret as one
 * string, `whsec_` included.
 */
export function webhookSignature(body: string, secret: string, atSeconds: number): string {
  return createHmac('sha256', secret).update(`${atSeconds}.${body}`, 'utf8').digest('hex');
}

/** Makes the `Stripe-Signature` header of a webhook; while a secret is being replaced the old one signs too, and first. */
export function signatureHeader(
  body: string,
  secret: string,
  atSeconds: number,
  retiringSecret?: string,
): string {
  const secrets = retiringSecret === undefined ? [secret] : [retiringSecret, secret];
  const signatures = secrets.map((each) => `v1=${webhookSignature(body, each, atSeconds)}`);
  return [`t=${atSeconds}`, ...signatures].join(',');
}
