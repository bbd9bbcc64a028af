import assert from 'node:assert/strict';
import fc from 'fast-check';
import { instrumentOf } from '../../src/domain/instrument.ts';

describe('what was paid with', () => {
  it('shows four symbols at most of any number, masked before or not', () => {
    const anyNumber = fc.oneof(
      fc.stringMatching(/^[0-9]{4,19}$/),
      fc.stringMatching(/^[0-9]{6}\*{6}[0-9]{4}$/),
      fc.stringMatching(/^[A-Z][0-9]{12}$/),
      fc.string(),
    );
    fc.assert(
      fc.property(anyNumber, (number) => {
        const label = instrumentOf(number)?.label;
        if (label === undefined) return;
        assert.match(label, /^•••• [0-9A-Za-z]{4}$/);
        assert.ok(number.trim().endsWith(label.slice(-4)));
      }),
    );
    assert.deepEqual(instrumentOf('430000******0777'), { label: '•••• 0777' });
    assert.deepEqual(instrumentOf('Z123456789012'), { label: '•••• 9012' });
  });

  it('is nothing where nothing is told, or nothing may be shown', () => {
    for (const number of [undefined, '', '777', '****', 'ЯЯЯЯ']) {
      assert.equal(instrumentOf(number, { rrn: '603668680243' }), undefined, number);
    }
  });

  it('keeps the codes of the card’s bank, and nothing that is none', () => {
    const codes = { rrn: '603668680243', authCode: '062467' };
    assert.deepEqual(instrumentOf('4477', codes), { label: '•••• 4477', ...codes });
    for (const odd of ['', '6036686802431', '<b>', '12 34']) {
      assert.deepEqual(instrumentOf('4477', { rrn: odd, authCode: odd }), { label: '•••• 4477' });
    }
  });
});
