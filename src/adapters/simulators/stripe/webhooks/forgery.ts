import { signatureHeader, webhookSignature } from './webhook-signature.ts';

/** The ways a notification can be made bad. */
export const forgeries = [
  'signature',
  'secret',
  'unsigned',
  'body',
  'old',
  'future',
  'livemode',
] as const;
export type Forgery = (typeof forgeries)[number];

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly livemode: boolean;
  readonly [field: string]: unknown;
}

/** A notification ready to be sent; it is signed at each try. */
export interface Notification {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  /** The signature header of a try made now; none when the notification is not signed. */
  sign(): string | undefined;
  /** Whether it is sent again when the shop does not take it: a forger does not come back. */
  readonly repeats: boolean;
}

/** Beyond the 300 seconds a receiver tolerates. */
const STALE_SECONDS = 600;

export function honest(event: StripeEvent, secret: string): Notification {
  const body = JSON.stringify(event);
  const { id, type } = event;
  const sign = () => signatureHeader(body, secret, nowSeconds());
  return { id, type, body, sign, repeats: true };
}

/** Makes the event into a notification no shop may believe. */
export function forged(event: StripeEvent, secret: string, forgery: Forgery): Notification {
  const told = forgery === 'livemode' ? { ...event, livemode: !event.livemode } : event;
  const signedBody = JSON.stringify(told);
  // The same meaning in other bytes: a receiver that signs its own re-serialisation is found out.
  const body = forgery === 'body' ? JSON.stringify(told, undefined, 2) : signedBody;
  const sign = () => forgedHeader(signedBody, secret, forgery);
  return { id: event.id, type: event.type, body, sign, repeats: false };
}

function forgedHeader(body: string, secret: string, forgery: Forgery): string | undefined {
  const now = nowSeconds();
  switch (forgery) {
    case 'unsigned':
      return undefined;
    case 'signature':
      return `t=${now},v1=${flipped(webhookSignature(body, secret, now))}`;
    case 'secret':
      return signatureHeader(body, `${secret}-of-somebody-else`, now);
    case 'old':
      return signatureHeader(body, secret, now - STALE_SECONDS);
    case 'future':
      return signatureHeader(body, secret, now + STALE_SECONDS);
    case 'body':
    case 'livemode':
      return signatureHeader(body, secret, now);
  }
}

function flipped(hex: string): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
