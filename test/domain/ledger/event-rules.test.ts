import assert from 'node:assert/strict';
import { lowered } from '../../../src/domain/ledger/decide-event.ts';
import type { Entry } from '../../../src/domain/ledger/entry.ts';
import { askedBy } from '../../../src/domain/ledger/event-keys.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/ledger-event.ts';
import { money } from '../../../src/domain/money.ts';
import { noon } from '../../support/given.ts';
import {
  alpha,
  booked,
  capture,
  captured,
  charge,
  first,
  ofCase,
  refund,
  requested,
  rub,
  shown,
  told,
} from '../../support/given-events.ts';

type Case = readonly [
  event: LedgerEvent,
  key: string,
  postings: string,
  balance?: bigint,
  family?: readonly Entry[],
];
const cases: readonly Case[] = [
  [charge, 'charge:7', 'D receivable:1 123456 · C income:RUB 123456'],
  [
    { ...told, type: 'charge-cancelled', invoiceId: '7', account: '1' },
    'charge-cancel:7',
    'C receivable:1 123456 · D income:RUB 123456',
    -1234_56n,
    [first(charge)],
  ],
  [
    capture,
    'capture:alpha:9',
    'D clearing:alpha:RUB 130000 · C receivable:1 123456 · C prepayment:1 6544',
    -1234_56n,
  ],
  [
    { ...alpha, type: 'payment-captured', paymentId: '9', amount: rub(5n) },
    'capture:alpha:9',
    'D clearing:alpha:RUB 5 · C suspense:alpha:RUB 5',
  ],
  [
    { ...alpha, type: 'fee-known', paymentId: '9', amount: rub(45_50n) },
    'fee:alpha:9',
    'D fees:alpha:RUB 4550 · C clearing:alpha:RUB 4550',
  ],
  [
    { ...alpha, type: 'fee-corrected', registryId: '4', line: 2, amount: rub(-1_00n) },
    'fee-adj:4:2',
    'D clearing:alpha:RUB 100 · C fees:alpha:RUB 100',
  ],
  [
    { ...alpha, type: 'settled', batchId: 'b', amount: rub(1254_50n) },
    'settle:alpha:b',
    'D bank:RUB 125450 · C clearing:alpha:RUB 125450',
  ],
  [
    { ...alpha, type: 'reserve-withheld', batchId: 'b', amount: rub(7n) },
    'reserve:alpha:b',
    'D reserve:alpha:RUB 7 · C clearing:alpha:RUB 7',
  ],
  [
    { ...alpha, type: 'reserve-released', batchId: 'b', amount: rub(7n) },
    'reserve-release:alpha:b',
    'D clearing:alpha:RUB 7 · C reserve:alpha:RUB 7',
  ],
  [
    refund,
    'refund-req:3',
    'D prepayment:1 6544 · D receivable:1 3456 · C refunds-payable:1 10000',
    65_44n,
    [captured],
  ],
  [
    { ...alpha, type: 'refund-confirmed', refundId: '3', account: '1', amount: rub(100_00n) },
    'refund:alpha:3',
    'D refunds-payable:1 10000 · C clearing:alpha:RUB 10000',
  ],
  [
    { ...told, type: 'refund-failed', refundId: '3', account: '1' },
    'refund-fail:3',
    'C prepayment:1 6544 · C receivable:1 3456 · D refunds-payable:1 10000',
    -34_56n,
    [requested],
  ],
  [
    { ...ofCase, type: 'chargeback-opened', paymentId: '9', amount: rub(9n), fee: rub(2n) },
    'cb:alpha:5',
    'D disputed:alpha:RUB 9 · C clearing:alpha:RUB 9 · D fees:alpha:RUB 2 · C clearing:alpha:RUB 2',
  ],
  [
    { ...ofCase, type: 'chargeback-lost', amount: rub(9n), account: '1' },
    'cb-lost:5',
    'D receivable:1 9 · C disputed:alpha:RUB 9',
  ],
  [
    { ...ofCase, type: 'chargeback-lost', amount: rub(9n) },
    'cb-lost:5',
    'D chargeback-losses:alpha:RUB 9 · C disputed:alpha:RUB 9',
  ],
  [
    { ...ofCase, type: 'chargeback-won', amount: rub(9n) },
    'cb-won:5',
    'D clearing:alpha:RUB 9 · C disputed:alpha:RUB 9',
  ],
  [
    { ...ofCase, type: 'owner-found', amount: rub(9n), account: '1' },
    'ident:5',
    'D suspense:alpha:RUB 9 · C receivable:1 4 · C prepayment:1 5',
    -4n,
  ],
  [
    { ...ofCase, type: 'owner-never-found', amount: rub(9n) },
    'suspense-refund:5',
    'D suspense:alpha:RUB 9 · C clearing:alpha:RUB 9',
  ],
  [
    { ...ofCase, type: 'difference-tolerated', amount: rub(1n) },
    'diff:5',
    'D differences:alpha:RUB 1 · C clearing:alpha:RUB 1',
  ],
  [
    { ...ofCase, type: 'difference-tolerated', amount: rub(-1n) },
    'diff:5',
    'D clearing:alpha:RUB 1 · C differences:alpha:RUB 1',
  ],
  [
    { ...told, type: 'converted', id: 'x', from: rub(900_00n), to: money(9_00n, 'EUR') },
    'fx:x',
    'D bank:EUR 900 · C exchange:EUR 900 · D exchange:RUB 90000 · C bank:RUB 90000',
  ],
  [
    { ...told, type: 'entry-reversed', key: 'capture:alpha:9', account: '1' },
    'rev:capture:alpha:9',
    'C clearing:alpha:RUB 130000 · D receivable:1 123456 · D prepayment:1 6544',
    65_44n,
    [captured],
  ],
];

describe('What happens to money', () => {
  for (const [event, key, postings, balance, family] of cases) {
    it(`is booked: ${event.type}, ${postings}`, () => {
      const entry = first(event, balance, family);

      assert.equal(shown(entry), postings);
      assert.equal(entry.key, key);
      assert.equal(entry.effectiveAt, noon);
      assert.equal(askedBy(event).key, key);
    });
  }

  it('uses up what was paid in advance by a later charge, and gives it back when that is cancelled', () => {
    const raised = booked(charge, 1300_00n);
    assert.equal(raised.entries[1]?.key, 'apply:7');
    assert.equal(shown(raised.entries[1]), 'D prepayment:1 123456 · C receivable:1 123456');
    assert.deepEqual(raised.line, { kind: 'charge', amount: rub(-1234_56n) });

    const cancel = { ...told, type: 'charge-cancelled', invoiceId: '7', account: '1' } as const;
    const cancelled = booked(cancel, 65_44n, [raised.entries[0]]);
    assert.equal(cancelled.entries[1]?.key, 'net:charge-cancel:7');
    assert.equal(shown(cancelled.entries[1]), 'D receivable:1 123456 · C prepayment:1 123456');
    assert.deepEqual(cancelled.line, { kind: 'correction', amount: rub(1234_56n) });

    assert.equal(booked(charge, 0n).entries.length, 1);
    assert.equal(
      shown(booked(charge, 34_56n).entries[1]!),
      'D prepayment:1 3456 · C receivable:1 3456',
    );
  });

  it('shows the customer a line only where the balance moves', () => {
    assert.deepEqual(booked(capture, -5n).line, { kind: 'payment', amount: rub(1300_00n) });
    const confirmed = {
      ...alpha,
      type: 'refund-confirmed',
      refundId: '3',
      account: '1',
      amount: rub(1n),
    } as const;
    assert.equal(booked(confirmed, 0n).line, undefined);
    assert.equal(booked({ ...capture, type: 'fee-known' }).line, undefined);
  });

  it('keeps what the provider calls it, the day asked for and what only a register knows', () => {
    const bookOn = '2026-11-02' as never;
    const entry = first({ ...capture, ref: 'pi_1', byRegistry: true, bookOn });

    assert.deepEqual(entry.proof, { provider: 'alpha', ref: 'pi_1' });
    assert.equal(entry.kind, 'payment-captured-by-registry');
    assert.equal(entry.bookOn, bookOn);
    const [, net] = booked({ ...charge, bookOn }, 5n).entries;
    assert.deepEqual([net?.bookOn, net?.correlation], [bookOn, 'charge:7']);
    assert.equal(
      first({ ...alpha, type: 'payment-captured', paymentId: 'q', amount: rub(1n) }).kind,
      'payment-unidentified',
    );
  });

  it('names the accounts with a floor that it lowers, and no others', () => {
    const names = (event: LedgerEvent, ...rest: readonly Entry[]) =>
      [...lowered(booked(event, 0n, rest).entries)].map(([account, by]) => `${account} ${by}`);

    assert.deepEqual(names({ ...ofCase, type: 'owner-never-found', amount: rub(9n) }), [
      'suspense:alpha:RUB 9',
    ]);
    assert.deepEqual(names({ ...ofCase, type: 'chargeback-won', amount: rub(9n) }), [
      'disputed:alpha:RUB -9',
    ]);
    assert.deepEqual(names(capture), []);
    assert.deepEqual(names(charge), []);
  });
});
