import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readEvent } from '../../../src/adapters/payment/stripe/stripe-events.ts';
import { sessionRequest } from '../../../src/adapters/payment/stripe/stripe-requests.ts';
import { claimFromSession, readSession } from '../../../src/adapters/payment/stripe/stripe-wire.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';

const rub = (minor: bigint) => money(minor, 'RUB');
const eventOf = (type: string, object: object, more: object = {}) =>
  readEvent(
    Buffer.from(
      JSON.stringify({
        ...{ id: 'evt_1', type, created: 1_700_000_000, livemode: false, data: { object } },
        ...more,
      }),
    ),
    'test',
  );
const ours = { metadata: { payment_id: 'p1' } };

describe('an event of a payment intent', () => {
  const intent = {
    ...{ id: 'pi_1', amount: 100, amount_capturable: 0, amount_received: 0, currency: 'rub' },
    ...{ livemode: false, ...ours },
  };

  it('tells of money held, taken, or let go', () => {
    const rows: readonly (readonly [string, object, string, bigint])[] = [
      [
        'amount_capturable_updated',
        { status: 'requires_capture', amount_capturable: 100 },
        'held',
        100n,
      ],
      ['succeeded', { status: 'succeeded', amount_received: 70 }, 'paid', 70n],
      ['canceled', { status: 'canceled' }, 'canceled', 100n],
      [
        'canceled',
        { status: 'canceled', cancellation_reason: 'requested_by_customer' },
        'canceled',
        100n,
      ],
      ['canceled', { status: 'canceled', cancellation_reason: 'automatic' }, 'expired', 100n],
    ];
    for (const [name, more, state, minor] of rows) {
      const reading = eventOf(`payment_intent.${name}`, { ...intent, ...more });
      assert.ok(reading.tag === 'proof', name);
      assert.deepEqual(reading.of, { by: 'id', id: 'p1' });
      assert.deepEqual([reading.claim.state, reading.claim.amount], [state, rub(minor)]);
      assert.equal(reading.claim.ref, undefined);
    }
  });

  it('whose snapshot says something else settles nothing', () => {
    const odd = [
      eventOf('payment_intent.amount_capturable_updated', { ...intent, status: 'succeeded' }),
      eventOf('payment_intent.succeeded', { ...intent, status: 'unheard_of' }),
      eventOf('payment_intent.canceled', { ...intent, status: 'processing' }),
      eventOf('payment_intent.processing', { ...intent, status: 'processing' }),
    ];
    assert.deepEqual([...new Set(odd.map(({ tag }) => tag))], ['ignored']);
  });
});

describe('an event of a refunded charge', () => {
  const charge = {
    amount: 100,
    amount_captured: 100,
    amount_refunded: 30,
    currency: 'rub',
    ...ours,
  };
  const totalOf = (more: object) => {
    const reading = eventOf('charge.refunded', { ...charge, ...more });
    return reading.tag === 'proof' ? reading.claim.refundedTotal : reading.tag;
  };

  it('tells the total that went back of a payment that is paid', () => {
    const reading = eventOf('charge.refunded', charge);

    assert.ok(reading.tag === 'proof');
    const { state, amount, refundedTotal } = reading.claim;
    assert.deepEqual([state, amount, refundedTotal], ['paid', rub(100n), rub(30n)]);
    assert.deepEqual(totalOf({ amount_captured: undefined }), rub(30n));
  });

  it('tells none where a hold, or a part of one, was let go: that is no refund', () => {
    assert.equal(totalOf({ captured: false, amount_captured: 0, amount_refunded: 100 }), 'ignored');
    assert.equal(totalOf({ amount_captured: 70 }), 'ignored');
    assert.equal(totalOf({ amount_refunded: 0 }), 'ignored');
    assert.equal(totalOf({ currency: 'xyz' }), 'ignored');
  });

  it('that is none of ours, or not in its form, proves nothing', () => {
    assert.equal(totalOf({ metadata: {} }), 'ignored');
    assert.equal(totalOf({ metadata: { payment_id: ['p1'] } }), 'ignored');
    assert.equal(totalOf({ amount_refunded: '30' }), 'refused');
  });
});

describe('an event of a refund', () => {
  const refund = { id: 're_1', status: 'succeeded', amount: 30, currency: 'rub' };
  const read = (more: object) => eventOf('refund.updated', { ...refund, ...more });
  const marked = { metadata: { payment_id: 'p1', refund_id: 'r1' } };

  it('tells how a refund of ours stands, by our own name of it', () => {
    const rows = [
      ['pending', 'pending'],
      ['requires_action', 'pending'],
      ['succeeded', 'succeeded'],
      ['failed', 'failed'],
      ['canceled', 'canceled'],
    ] as const;
    for (const [status, state] of rows) {
      const reading = read({ ...marked, status });
      assert.ok(reading.tag === 'proof');
      assert.deepEqual(reading.of, { by: 'id', id: 'p1' });
      assert.deepEqual(reading.refund, { state, ref: 're_1', amount: rub(30n), refundId: 'r1' });
      assert.equal(reading.claim.state, 'open');
    }
  });

  it('in a state nobody has heard of is ignored', () => {
    for (const status of ['unheard_of', 'toString', '__proto__']) {
      assert.equal(read({ ...marked, status }).tag, 'ignored');
    }
  });

  it('without our mark points at the refund; with the mark of a payment only it is a foreign one of that', () => {
    assert.deepEqual(read({}), { tag: 'hint', eventKey: 'evt_1', ref: 're_1' });
    const named = read(ours);
    assert.ok(named.tag === 'proof' && named.refund?.refundId === undefined);
    assert.equal(read({ amount: '1' }).tag, 'refused');
  });
});

describe('an event of a dispute', () => {
  const dispute = {
    ...{ id: 'dp_1', status: 'needs_response', amount: 100, currency: 'rub' },
    ...{ reason: 'fraudulent', payment_intent: 'pi_1' },
  };
  const read = (more: object) => eventOf('charge.dispute.created', { ...dispute, ...more });
  const stateOf = (status: string) => {
    const reading = read({ status });
    return reading.tag === 'hint' && reading.dispute?.state;
  };

  it('is proved, and points at the intent to tell whose payment it is', () => {
    assert.deepEqual(read({}), {
      ...{ tag: 'hint', eventKey: 'evt_1', ref: 'pi_1' },
      dispute: { ref: 'dp_1', state: 'open', amount: rub(100n), reason: 'fraudulent' },
    });
  });

  it('is open until it is won or lost; an inquiry that is closed takes nothing', () => {
    const states = ['needs_response', 'under_review', 'won', 'lost', 'warning_closed', 'new one'];
    assert.deepEqual(states.map(stateOf), ['open', 'open', 'won', 'lost', 'won', 'open']);
  });

  it('tells its reason in a word, and nothing where it is more than that', () => {
    const reading = read({ reason: 'card 4242424242424242 <b>' });

    assert.ok(reading.tag === 'hint' && reading.dispute?.reason === '');
  });

  it('of no intent, or in money we do not keep, is none of ours', () => {
    assert.equal(read({ payment_intent: null }).tag, 'ignored');
    assert.equal(read({ currency: 'xyz' }).tag, 'ignored');
    assert.equal(read({ amount: '1' }).tag, 'refused');
  });
});

describe('a session with its intent and charge', () => {
  const charge = { ...{ amount: 100, amount_captured: 100, amount_refunded: 30 }, currency: 'rub' };
  const claimOf = (intent: object, latest: object = charge) => {
    const whole = {
      ...{ id: 'pi_1', amount: 100, amount_received: 100, status: 'succeeded', currency: 'rub' },
      ...{ livemode: false, latest_charge: { ...latest, created: 1_700_000_000 }, ...intent },
    };
    const session = readSession({
      ...{ id: 'cs_1', status: 'complete', payment_status: 'paid', amount_total: 100 },
      ...{ currency: 'rub', livemode: false, expires_at: 1, payment_intent: whole },
    });
    assert.ok(session);
    return claimFromSession(session);
  };

  it('says when it was paid and what went back', () => {
    const { refundedTotal, paidAt, ref } = claimOf({});

    assert.deepEqual([refundedTotal, paidAt, ref], [rub(30n), 1_700_000_000_000, 'cs_1']);
    assert.equal(claimOf({}, { ...charge, amount_refunded: 0 }).refundedTotal, undefined);
  });

  it('of a hold says neither when it was taken, nor what went back where only a part was', () => {
    const part = claimOf(
      { capture_method: 'manual', amount_received: 70 },
      { ...charge, amount_captured: 70 },
    );

    assert.deepEqual([part.state, part.amount], ['paid', rub(70n)]);
    assert.deepEqual([part.paidAt, part.refundedTotal], [undefined, undefined]);
    const held = claimOf({ status: 'requires_capture', amount_capturable: 90 });
    assert.deepEqual([held.state, held.amount], ['held', rub(90n)]);
  });
});

describe('what Stripe is asked for', () => {
  const wish = {
    ...{ paymentId: 'p1' as PaymentId, amount: rub(100n), description: 'Счёт' },
    ...{ returnUrl: 'https://kabinet.example', expiresAt: instant(1_700_000_000_000) },
  };

  it('is taken at once unless it is to be held', () => {
    const methodOf = (more: object) =>
      sessionRequest({ ...wish, ...more })?.payment_intent_data.capture_method;

    assert.deepEqual([{}, { holds: false }, { holds: true }].map(methodOf), [
      ...['automatic', 'automatic', 'manual'],
    ]);
  });

  it('is the same for the same command, and described in whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (description) => {
        const request = sessionRequest({ ...wish, description });
        assert.deepEqual(request, sessionRequest({ ...wish, description }));
        const text = request?.payment_intent_data.description ?? '';
        assert.ok(text.isWellFormed() && [...text].length <= 250);
        assert.ok(description.toWellFormed().startsWith(text));
      }),
    );
  });
});
