import type { Outcome, PaymentProvider } from '../../../application/ports/payment-provider.ts';
import { callDeadlineMs, inTime } from '../deadline.ts';
import { statusAnswer } from '../status-answer.ts';
import { done, openPackage, type StripePackage } from './stripe-calls.ts';
import { readEvent } from './stripe-events.ts';
import { cancelPayment, captureHeld } from './stripe-holds.ts';
import { lookAt } from './stripe-looks.ts';
import { findRefund, refundPaid } from './stripe-refunds.ts';
import { createSession, findSession, listPaid } from './stripe-sessions.ts';
import { checkStripeSignature } from './stripe-signature.ts';
import { claimFromSession } from './stripe-wire.ts';

export interface StripeSettings {
  /** `https://api.stripe.com`, or where the simulator is. */
  readonly apiUrl: string;
  readonly secretKey: string;
  /** The endpoint's secrets, `whsec_` included; two while one is being replaced. */
  readonly webhookSecrets: readonly string[];
  readonly mode: 'live' | 'test';
}

/** Cards on Stripe's own page (Checkout). No card number ever comes near us. */
export function stripe(settings: StripeSettings): PaymentProvider {
  const open = lazily(() => openPackage(settings.apiUrl, settings.secretKey));
  const ask = <Value>(
    work: (api: StripePackage, until: number) => Promise<Outcome<Value>>,
    deadlineMs = callDeadlineMs,
  ): Promise<Outcome<Value>> => inTime(deadlineMs, async (until) => work(await open(), until));
  return {
    code: 'stripe',
    mode: settings.mode,
    cancelsOpen: true,
    create: (command, deadlineMs) =>
      ask((api, until) => createSession(api, command, until), deadlineMs),
    query: (key) =>
      ask(async (api, until) => {
        const found = await findSession(api, key, until);
        if (found.tag !== 'done') return found;
        return done(found.value === 'absent' ? 'absent' : claimFromSession(found.value));
      }),
    look: (ref) => ask((api, until) => lookAt(api, ref, until)),
    list: (window) => ask((api, until) => listPaid(api, window, until)),
    capture: (key, amount) => ask((api, until) => captureHeld(api, key, amount, until)),
    cancel: (key) => ask((api, until) => cancelPayment(api, key, until)),
    refund: (command) => ask((api, until) => refundPaid(api, command, until)),
    queryRefund: (key) => ask((api, until) => findRefund(api, key, until)),
    readNotification: ({ headers, body }, now) => {
      const header = headers['stripe-signature'];
      if (header === undefined) return { tag: 'refused', why: 'unsigned' };
      const signature = checkStripeSignature(header, body, settings.webhookSecrets, now);
      if (signature === 'bad') return { tag: 'refused', why: 'signature' };
      if (signature === 'untimely') return { tag: 'refused', why: 'too-old' };
      return readEvent(body, settings.mode);
    },
    answer,
  };
}

/** Stripe looks at the status only, and comes again for three days after anything but 2xx. */
const answer = statusAnswer();

/** The package is large: it is loaded when the first payment needs it. */
function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
