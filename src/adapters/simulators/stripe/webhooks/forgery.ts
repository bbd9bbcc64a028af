import { signatureHeader, webhookSignature } from './webhook-signature.ts';
import type { EndpointSecrets } from './webhook-signature.ts';

/** The ways a notification can be made bad. */
export const forgeries = [
  'signature',
  'secret',
  'unsigned',
  'body',
  'old',
  'future',
  'mode',
  'amount',
  'currency',
  'other-shape',
] as const;
export type Forgery = (typeof forgeries)[number];

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly livemode: boolean;
  readonly data: { readonly object: Readonly<Record<string, unknown>> };
  readonly [field: string]: unknown;
}

/** A body, and its signature header for a try made then; none when it is not signed. */
export interface Signed {
  readonly body: string;
  sign(nowSeconds: number): string | undefined;
}

/** Beyond the 300 seconds a receiver tolerates. */
const STALE_SECONDS = 600;

export function honest(event: StripeEvent, { secret, retiring }: EndpointSecrets): Signed {
  const body = JSON.stringify(event);
  return { body, sign: (now) => signatureHeader(body, secret, now, retiring) };
}

/** Makes the event into a notification no shop may believe. */
export function forged(event: StripeEvent, secret: string, forgery: Forgery): Signed {
  const signedBody = JSON.stringify(falsified(event, forgery));
  // The same meaning in other bytes: a receiver that signs its own re-serialisation is found out.
  const body =
    forgery === 'body' ? JSON.stringify(JSON.parse(signedBody), undefined, 2) : signedBody;
  return { body, sign: (now) => forgedHeader(signedBody, secret, forgery, now) };
}

function falsified(event: StripeEvent, forgery: Forgery): StripeEvent {
  const { object } = event.data;
  switch (forgery) {
    case 'mode': {
      const livemode = !event.livemode;
      return { ...event, livemode, data: { object: { ...object, livemode } } };
    }
    case 'currency': {
      const currency = object['currency'] === 'usd' ? 'eur' : 'usd';
      return { ...event, data: { object: { ...object, currency } } };
    }
    case 'other-shape': {
      const [thing] = event.type.split('.');
      // Either what happened has a name nobody knows, or the thing is in a state nobody knows.
      if (thing === 'checkout') return { ...event, type: 'checkout.session.unheard_of' };
      return { ...event, data: { object: { ...object, status: 'unheard_of' } } };
    }
    default:
      return event;
  }
}

function forgedHeader(
  body: string,
  secret: string,
  forgery: Forgery,
  now: number,
): string | undefined {
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
    default:
      return signatureHeader(body, secret, now);
  }
}

function flipped(hex: string): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
}
