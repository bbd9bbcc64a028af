import type { Controlled, Happened, PaymentView } from '../../control/controlled.ts';
import type { Order } from '../../control/order.ts';
import type { Faults } from '../../faults.ts';
import type { Notifier } from '../../notifier.ts';
import type { Timers } from '../../timers.ts';
import type { Acquirer } from '../acquirer.ts';
import { changeAmount, isPaid, isUndecided, pay, retell } from '../payer-moves.ts';
import type { Fact } from '../payer-moves.ts';
import type { Refunds } from '../refunds.ts';
import type { Session } from '../stripe-objects.ts';
import { forgeries } from '../webhooks/forgery.ts';
import type { Forgery } from '../webhooks/forgery.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { outcomes, outcomeWords } from './outcomes.ts';

/** What is claimed where nobody says which sum: 100 of the smallest unit more than was asked for. */
const FORGED_EXTRA = 100;

export interface StripeControlParts {
  readonly acquirer: Acquirer;
  readonly refunds: Refunds;
  readonly webhooks: Webhooks;
  readonly faults: Faults;
}

/** A payment as the levers show it, with the acquirer's own words. */
export interface StripePaymentView extends PaymentView {
  readonly sessionId: string;
  readonly status: Session['status'];
  readonly paymentStatus: Session['paymentStatus'];
  readonly intentId: string | undefined;
  readonly intentStatus: string | undefined;
}

/** What payer, bank and forger can do to a payment of the simulated acquirer. */
export class StripeControl implements Controlled {
  readonly code = 'stripe';
  readonly title = 'Card payments (Stripe protocol)';
  readonly outcomes = outcomeWords;
  readonly forgeries = forgeries;
  readonly faults: Faults;
  readonly notifier: Notifier;
  readonly timers: Timers;
  readonly #parts: StripeControlParts;

  constructor(parts: StripeControlParts, timers: Timers) {
    this.#parts = parts;
    this.faults = parts.faults;
    this.notifier = parts.webhooks.notifier;
    this.timers = timers;
  }

  payments(): readonly StripePaymentView[] {
    const { acquirer } = this.#parts;
    return acquirer.sessions().map((session) => viewOf(session, acquirer.wire.urlOf(session)));
  }

  made(paymentId: string): number {
    return this.#parts.acquirer.madeFor(paymentId);
  }

  /** The newest session of the shop's payment, or the session of that name. */
  session(paymentId: string): Session | undefined {
    const { acquirer } = this.#parts;
    return acquirer.sessionOfPayment(paymentId) ?? acquirer.session(paymentId);
  }

  act(paymentId: string, order: Order): Happened | 'impossible' | undefined {
    const { acquirer, refunds, webhooks } = this.#parts;
    const session = this.session(paymentId);
    if (session === undefined) return undefined;
    const forge = forgeries.find((each) => each === order.forge);
    if (forge !== undefined) return webhooks.notices(this.#claim(session, order, forge), forge);

    const word = outcomeWords.find((each) => each === order.outcome);
    if (word === undefined) return 'impossible';
    const facts = outcomes[word](session, order.amountMinor, { wire: acquirer.wire, refunds });
    return facts === undefined ? 'impossible' : webhooks.notices(facts);
  }

  /** What would be told if the session were paid; the session itself is left alone. */
  #claim(session: Session, { amountMinor }: Order, forge: Forgery): Fact[] {
    const { wire } = this.#parts.acquirer;
    const claimed = structuredClone(session);
    const other = forge === 'amount' ? session.amountTotal + FORGED_EXTRA : undefined;
    const amount = amountMinor ?? other;
    if (amount !== undefined) changeAmount(claimed, amount);
    return isPaid(claimed) && !isUndecided(claimed) ? retell(claimed, wire) : pay(claimed, wire);
  }
}

function viewOf(session: Session, url: string): StripePaymentView {
  const { id, paymentId, status, paymentStatus, intent } = session;
  return {
    paymentId: paymentId === '' ? id : paymentId,
    ref: id,
    url,
    title: session.name,
    state: [status, paymentStatus, intent?.status].filter((each) => each !== undefined).join(' · '),
    amountMinor: String(session.amountTotal),
    refundedMinor: String(intent?.amountRefunded ?? 0),
    currency: session.currency.toUpperCase(),
    createdAt: new Date(session.created * 1000).toISOString(),
    sessionId: id,
    status,
    paymentStatus,
    intentId: intent?.id,
    intentStatus: intent?.status,
  };
}
