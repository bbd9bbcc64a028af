import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Claim } from '../../src/domain/payment-claim.ts';
import {
  isLegalMove,
  isOpen,
  paymentMoves,
  type PaymentState,
} from '../../src/domain/payment-moves.ts';
import { nextLook } from '../../src/domain/payment-schedule.ts';
import { settle } from '../../src/domain/payment-settlement.ts';
import {
  markNotSent,
  markPending,
  startSending,
  triedAgain,
  type Payment,
} from '../../src/domain/payment.ts';
import { later, type Instant } from '../../src/domain/time.ts';
import '../support/fc-runs.ts';
import { givenAccount, givenCustomer, noon } from '../support/given.ts';
import { givenClaim, givenPayment } from '../support/given-payments.ts';

/** What must be true of a payment, told from the claims alone. */
interface Model {
  wasSent: boolean;
  isPaid: boolean;
  isInReview: boolean;
}
/** The payment as the program has it, and every state it was in. */
interface Real {
  payment: Payment;
  now: Instant;
  readonly states: PaymentState[];
}

const account = givenAccount(givenCustomer());
const step = (real: Real, payment: Payment): void => {
  const before = real.payment;
  if (payment.state !== before.state) {
    assert.ok(isLegalMove(before.state, payment.state), `${before.state} → ${payment.state}`);
  }
  assert.ok(payment.attempts > before.attempts);
  real.payment = payment;
  real.states.push(payment.state);
};

class Send implements fc.Command<Model, Real> {
  readonly check = () => true;
  run(model: Model, real: Real): void {
    const { payment, now } = real;
    if (payment.state === 'created') step(real, startSending(payment, now));
    else if (payment.state === 'initiating') step(real, triedAgain(payment, now));
    model.wasSent = true;
  }
  toString = () => 'send';
}

class Answer implements fc.Command<Model, Real> {
  readonly #isTaken: boolean;
  constructor(isTaken: boolean) {
    this.#isTaken = isTaken;
  }
  check = (model: Readonly<Model>) => model.wasSent;
  run(model: Model, real: Real): void {
    const { payment, now } = real;
    if (payment.state !== 'initiating') return;
    if (this.#isTaken) {
      step(real, markPending(payment, { providerRef: 'ref' }, now));
    } else {
      step(real, markNotSent(payment, now));
      model.wasSent = false;
    }
  }
  toString = () => (this.#isTaken ? 'taken' : 'not attempted');
}

class Tell implements fc.Command<Model, Real> {
  readonly #claim: Claim;
  constructor(claim: Claim) {
    this.#claim = claim;
  }
  readonly check = () => true;
  run(model: Model, real: Real): void {
    const claim = this.#claim;
    const settled = settle(real.payment, claim, 'live', real.now);
    const isFit = claim.mode === 'live' && claim.amount?.minor === 50_000n;
    const wasClosed = ['failed', 'canceled', 'expired'].includes(real.payment.state);
    if (model.wasSent && !model.isInReview && !model.isPaid) {
      if (claim.state === 'paid' && isFit) model.isPaid = true;
      else if (!wasClosed && (claim.mode === 'test' || (claim.state === 'paid' && !isFit)))
        model.isInReview = true;
    }
    if (settled.kind === 'moved') step(real, settled.payment);
    assert.equal(real.payment.state === 'succeeded', model.isPaid);
    assert.equal(real.payment.state === 'review', model.isInReview);
  }
  toString = () => `tell ${this.#claim.state} ${this.#claim.mode}`;
}

class Wait implements fc.Command<Model, Real> {
  readonly #ms: number;
  constructor(ms: number) {
    this.#ms = ms;
  }
  readonly check = () => true;
  run(model: Model, real: Real): void {
    real.now = later(real.now, this.#ms);
    const look = nextLook(real.payment);
    const isSettled = !isOpen(real.payment.state);
    assert.equal(look === undefined, isSettled);
    assert.equal(model.isPaid && look !== undefined, false);
  }
  toString = () => `wait ${String(this.#ms)} ms`;
}

const anyStates = fc.constantFrom('open', 'paid', 'failed', 'canceled', 'expired');
const anyStep = [
  fc.constant(new Send()),
  fc.boolean().map((isTaken) => new Answer(isTaken)),
  anyStates.map((state) => new Tell(givenClaim({ state }))),
  anyStates.map((state) => new Tell(givenClaim({ state }))),
  fc
    .tuple(anyStates, fc.constantFrom('live', 'test'), fc.boolean())
    .map(
      ([state, mode, isShort]) =>
        new Tell(givenClaim({ state, mode, ...(isShort ? { amount: undefined } : {}) })),
    ),
  fc.nat(10_000_000).map((ms) => new Wait(ms)),
];

describe('the life of a payment', () => {
  it('goes along the table, is paid once and for ever, or waits for people', () => {
    fc.assert(
      fc.property(fc.commands(anyStep, { maxCommands: 30 }), (commands) => {
        const payment = givenPayment(account);
        const states: PaymentState[] = [];
        fc.modelRun(
          () => ({
            model: { wasSent: false, isPaid: false, isInReview: false },
            real: { payment, now: noon, states },
          }),
          commands,
        );

        const firstEnd = states.findIndex((state) => ['succeeded', 'review'].includes(state));
        if (firstEnd >= 0) assert.equal(firstEnd, states.length - 1);
      }),
    );
  });

  it('has a table whose every move leads on or ends', () => {
    const ends: PaymentState[] = ['succeeded', 'review'];
    const onward = new Set(paymentMoves.map(({ from }) => from));
    for (const { to } of paymentMoves) assert.ok(onward.has(to) || ends.includes(to), to);
  });
});
