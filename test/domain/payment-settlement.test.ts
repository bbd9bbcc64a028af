import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Claim, ClaimedState } from '../../src/domain/payment-claim.ts';
import { isLegalMove, isOpen, type PaymentState } from '../../src/domain/payment-moves.ts';
import { settle } from '../../src/domain/payment-settlement.ts';
import type { Payment } from '../../src/domain/payment.ts';
import type { Instant } from '../../src/domain/time.ts';
import { anyClaim, anyInstant, anyMisfit, anyPayment } from '../support/any.ts';
import { givenCustomer, givenAccount, noon } from '../support/given.ts';
import { givenClaim, givenPayment } from '../support/given-payments.ts';

const after = (payment: Payment, claims: readonly Claim[], now: Instant = noon): Payment =>
  claims.reduce((current, claim) => {
    const settled = settle(current, claim, 'live', now);
    return settled.kind === 'moved' ? settled.payment : current;
  }, payment);

const closings = ['failed', 'canceled', 'expired'] as const;
const sentStates: readonly PaymentState[] = ['initiating', 'pending'];
const anySent = anyPayment(...sentStates);

/** A sent payment, claims about it that fit, and the same claims doubled and in another order. */
const anyStory = (...states: readonly ClaimedState[]) =>
  anySent.chain((payment) =>
    fc.array(anyClaim(payment, ...states), { minLength: 1, maxLength: 6 }).chain((claims) =>
      fc.record({
        payment: fc.constant(payment),
        claims: fc.constant(claims),
        retold: fc
          .array(fc.nat(claims.length - 1), { maxLength: 5 })
          .chain((doubled) => shuffled([...claims, ...doubled.map((n) => claims[n]!)])),
      }),
    ),
  );
const shuffled = <Value>(values: readonly Value[]): fc.Arbitrary<Value[]> =>
  fc.shuffledSubarray([...values], { minLength: values.length });

describe('the settlement of a payment', () => {
  it('ends paid in whatever order its claims come, and however often, if one says paid', () => {
    fc.assert(
      fc.property(anyStory('open', 'paid', ...closings), ({ payment, claims, retold }) => {
        const isPaid = claims.some(({ state }) => state === 'paid');
        const [end, retoldEnd] = [after(payment, claims), after(payment, retold)];
        assert.equal(end.state === 'succeeded', isPaid);
        assert.equal(retoldEnd.state === 'succeeded', isPaid);
        assert.equal(isOpen(end.state), isOpen(retoldEnd.state));
      }),
    );
  });

  it('ends in the same state in any order when the provider closes in one way only', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...closings).chain((way) => anyStory('open', 'paid', way)),
        ({ payment, claims, retold }) => {
          assert.equal(after(payment, claims).state, after(payment, retold).state);
        },
      ),
    );
  });

  it('lets the first of two ways to close it stand', () => {
    fc.assert(
      fc.property(anyStory(...closings), ({ payment, claims }) => {
        assert.equal(after(payment, claims).state, claims[0]?.state);
      }),
    );
  });

  it('changes nothing by a repetition', () => {
    fc.assert(
      fc.property(anyStory('open', 'paid', ...closings), ({ payment, claims }) => {
        const end = after(payment, claims);
        for (const claim of claims) assert.equal(settle(end, claim, 'live', noon).kind, 'same');
      }),
    );
  });

  it('never leaves success, whatever is said, fitting or not', () => {
    const anyTold = anyPayment('succeeded').chain((paid) =>
      fc.tuple(
        fc.constant(paid),
        fc.oneof(anyClaim(paid, 'open', 'paid', ...closings), anyMisfit(paid)),
      ),
    );
    fc.assert(
      fc.property(anyTold, anyInstant, ([paid, claim], now) => {
        assert.notEqual(settle(paid, claim, 'live', now).kind, 'moved');
      }),
    );
  });

  it('tells people of another sum for a paid payment, and of a wrong sum for a closed one', () => {
    fc.assert(
      fc.property(anyPayment('succeeded', ...closings), (payment) => {
        const { minor, currency } = payment.amount;
        const claim = givenClaim({ amount: { minor: minor + 1n, currency } });
        assert.equal(settle(payment, claim, 'live', noon).kind, 'conflict');
      }),
    );
  });

  it('gives a proof of money that does not fit to people, and no proof is taken after it', () => {
    const anyWrong = anySent.chain((sent) => fc.tuple(fc.constant(sent), anyMisfit(sent)));
    fc.assert(
      fc.property(anyWrong, ([sent, misfit]) => {
        const review = after(sent, [misfit]);
        assert.equal(review.state, 'review');
        const fitting = givenClaim({ amount: sent.amount });
        assert.equal(settle(review, fitting, 'live', noon).kind, 'same');
      }),
    );
  });

  it('moves along the table only, and never from a payment we never sent', () => {
    const anyTold = anyPayment(
      'created',
      'initiating',
      'pending',
      'failed',
      'canceled',
      'expired',
      'review',
    ).chain((payment) =>
      fc.tuple(
        fc.constant(payment),
        fc.oneof(anyClaim(payment, 'open', 'paid', ...closings), anyMisfit(payment)),
      ),
    );
    fc.assert(
      fc.property(anyTold, ([payment, claim]) => {
        const settled = settle(payment, claim, 'live', noon);
        if (payment.state === 'created') assert.equal(settled.kind, 'conflict');
        if (settled.kind === 'moved') {
          assert.ok(isLegalMove(payment.state, settled.payment.state));
          assert.deepEqual(settled.payment.amount, payment.amount);
          assert.equal(settled.payment.id, payment.id);
        }
      }),
    );
  });

  describe('of an example', () => {
    const sent = () => after(givenPayment(givenAccount(givenCustomer())), []);
    const initiating = (): Payment => ({ ...sent(), state: 'initiating' });

    it('calls money late that came after the payment was closed', () => {
      const early = after(initiating(), [givenClaim()]);
      const late = after(initiating(), [givenClaim({ state: 'expired' }), givenClaim()]);

      assert.equal(early.state === 'succeeded' && early.late, false);
      assert.equal(late.state === 'succeeded' && late.late, true);
    });

    it('learns from "open" that a call without an answer has arrived', () => {
      const nameless = after(initiating(), [givenClaim({ state: 'open', ref: undefined })]);
      const named = after(initiating(), [givenClaim({ state: 'open' })]);

      assert.equal(nameless.state, 'pending');
      assert.equal(named.state === 'pending' && named.providerRef, 'ref-1');
    });

    it('takes the time of payment from the provider, or else ours', () => {
      const told = after(initiating(), [givenClaim({ paidAt: 5 as Instant })]);
      const untold = after(initiating(), [givenClaim({ paidAt: undefined })]);

      assert.equal(told.state === 'succeeded' && told.paidAt, 5);
      assert.equal(untold.state === 'succeeded' && untold.paidAt, noon);
    });

    it('keeps the provider’s name of a payment when a later claim leaves it out', () => {
      const claims = [givenClaim({ state: 'open' }), givenClaim({ ref: undefined })];

      const paid = after(initiating(), claims);

      assert.equal(paid.state === 'succeeded' && paid.providerRef, 'ref-1');
    });

    it('says "declined" where the provider gives no reason', () => {
      const failed = after(initiating(), [givenClaim({ state: 'failed' })]);

      assert.equal(failed.state === 'failed' && failed.reason, 'declined');
    });
  });
});
