import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inLatin, isGsmText, smsSegments } from '../../src/domain/sms-text.ts';
import '../support/fc-runs.ts';

const letters = fc.constantFrom(...'aZ9 €[]{}\\^~|@£ñДщъё🏠é');
const text = fc.array(letters, { maxLength: 700 }).map((all) => all.join(''));

describe('A short message', () => {
  it('needs no Unicode where the phones’ own alphabet has every letter', () => {
    assert.ok(isGsmText('Kabinet code: 123456.\n@host #123456 [€]'));
    for (const other of ['Код 123456', '`', '🏠', 'ç']) assert.ok(!isGsmText(other), other);
  });

  it('is one up to 160 letters, or 70 where one of them needs Unicode', () => {
    const count = (...texts: string[]) => texts.map(smsSegments);
    assert.deepEqual(count('', 'a'.repeat(160), 'a'.repeat(161)), [1, 1, 2]);
    assert.deepEqual(count('a'.repeat(306), 'a'.repeat(307)), [2, 3]);
    assert.deepEqual(count('я'.repeat(70), 'я'.repeat(71), 'я'.repeat(134)), [1, 2, 2]);
    assert.deepEqual(count('я'.repeat(135)), [3]);
    assert.deepEqual(count('€'.repeat(80), '€'.repeat(81), '€'.repeat(153)), [1, 2, 3]);
    assert.deepEqual(count('🏠'.repeat(35), '🏠'.repeat(36), '🏠'.repeat(67)), [1, 2, 3]);
  });

  it('never costs less for more text, and as many parts as its letters need at least', () => {
    fc.assert(
      fc.property(text, text, (one, more) => {
        assert.ok(smsSegments(one + more) >= smsSegments(one));
        const least = isGsmText(one) ? one.length / 160 : one.length / 70;
        assert.ok(smsSegments(one) >= least);
        // A letter of two places that does not fit leaves one place empty in each part.
        const most = isGsmText(one) ? (one.length * 2) / 152 : one.length / 66;
        assert.ok(smsSegments(one) <= Math.max(1, Math.ceil(most)));
      }),
    );
  });

  it('in Latin letters keeps what is Latin, and leaves no Russian', () => {
    assert.equal(inLatin('Kabinet S1: Поддельное сообщение'), 'Kabinet S1: Poddelnoe soobshchenie');
    assert.equal(inLatin('Щука, подъезд, Ёж — «№ 1»…'), 'Shchuka, podieezd, Ezh - "N 1"...');
    fc.assert(
      fc.property(text, (any) => {
        assert.doesNotMatch(inLatin(any), /[а-яё]/i);
        if (isGsmText(any)) assert.equal(inLatin(any), any);
      }),
    );
  });
});
