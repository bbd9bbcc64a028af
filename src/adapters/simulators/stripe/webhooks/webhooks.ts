import type { Delivery, Notice, Notifier } from '../../notifier.ts';
import { newId } from '../payer-moves.ts';
import type { Fact, Wire } from '../payer-moves.ts';
import { forged, honest } from './forgery.ts';
import type { Forgery, Signed, StripeEvent } from './forgery.ts';
import type { EndpointSecrets } from './webhook-signature.ts';

const API_VERSION = '2026-10-28.endive';

/** Turns what happened into signed events, one per fact. */
export class Webhooks {
  readonly notifier: Notifier;
  readonly #secrets: EndpointSecrets;
  readonly #wire: Wire;

  constructor(notifier: Notifier, secrets: EndpointSecrets, wire: Wire) {
    this.notifier = notifier;
    this.#secrets = secrets;
    this.#wire = wire;
  }

  /** Tells the shop, in order; resolves after the first try of each. Never throws. */
  send(facts: readonly Fact[]): Promise<Delivery[]> {
    return this.notifier.send(this.notices(facts));
  }

  notices(facts: readonly Fact[], forge?: Forgery): Notice[] {
    return facts.map((fact) => this.#notice(fact, forge));
  }

  #notice({ type, object, paymentId }: Fact, forge: Forgery | undefined): Notice {
    const event: StripeEvent = {
      id: newId('evt_'),
      object: 'event',
      api_version: API_VERSION,
      created: this.#wire.now(),
      data: { object },
      livemode: this.#wire.live,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    };
    const { body, sign } =
      forge === undefined
        ? honest(event, this.#secrets)
        : forged(event, this.#secrets.secret, forge);
    return {
      id: event.id,
      kind: type,
      paymentId,
      repeats: forge === undefined,
      // A repeated try is signed anew, or its stamp would be too old after five minutes.
      write: () => ({ headers: headersOf(sign, this.#wire.now()), body }),
    };
  }
}

function headersOf(sign: Signed['sign'], now: number): Record<string, string> {
  const signature = sign(now);
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Stripe/1.0 (simulated)',
    ...(signature === undefined ? {} : { 'stripe-signature': signature }),
  };
}
