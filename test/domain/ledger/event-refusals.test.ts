import assert from 'node:assert/strict';
import { decideEvent } from '../../../src/domain/ledger/decide-event.ts';
import type { Entry } from '../../../src/domain/ledger/entry.ts';
import type { EventRefusal } from '../../../src/domain/ledger/event-rules.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/ledger-event.ts';
import { money } from '../../../src/domain/money.ts';
import {
  capture,
  captured,
  charge,
  decide,
  first,
  refund,
  requested,
  rub,
  told,
} from '../../support/given-events.ts';

describe('What happens to money, where it cannot have happened,', () => {
  const undo = { ...told, type: 'entry-reversed', key: 'capture:alpha:9', account: '1' } as const;
  const undone = first(undo, 65_44n, [captured]);
  const refusals: Readonly<Record<string, readonly [LedgerEvent, readonly Entry[], EventRefusal]>> =
    {
      'a refund of more than was captured': [
        { ...refund, amount: rub(1300_01n) },
        [captured],
        { reason: 'over-captured', left: rub(1300_00n) },
      ],
      'a refund of more than the refunds before have left': [
        { ...refund, refundId: '4', amount: rub(1200_01n) },
        [captured, requested],
        { reason: 'over-captured', left: rub(1200_00n) },
      ],
      'a refund of what nobody captured': [
        refund,
        [],
        { reason: 'original-unknown', key: 'capture:alpha:9' },
      ],
      'a reversal of nothing': [undo, [], { reason: 'original-unknown', key: 'capture:alpha:9' }],
      'a second reversal': [
        { ...undo, memo: 'again' },
        [captured, undone],
        { reason: 'already-reversed', key: 'capture:alpha:9' },
      ],
      'a reversal of a reversal': [
        { ...undo, key: undone.key },
        [undone],
        { reason: 'is-a-reversal', key: undone.key },
      ],
      'a reversal that does not say whose account it touches': [
        { ...told, type: 'entry-reversed', key: captured.key },
        [captured],
        { reason: 'account-needed', account: 'receivable:1' },
      ],
      'a sum in another currency than the account': [
        { ...capture, amount: money(1n, 'EUR') },
        [],
        { reason: 'currency-differs' },
      ],
    };
  for (const [title, [event, family, refusal]] of Object.entries(refusals)) {
    it(`is not booked: ${title}`, () => {
      assert.deepEqual(decide(event, 0n, family), { ok: false, refusal });
    });
  }

  it('is not booked for an account that nobody has', () => {
    const refusal = { reason: 'account-unknown' } as const;
    assert.deepEqual(decideEvent(charge, { standing: undefined, family: [] }), {
      ok: false,
      refusal,
    });
  });
});
