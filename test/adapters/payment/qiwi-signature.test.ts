import assert from 'node:assert/strict';
import fc from 'fast-check';
import { qiwi } from '../../../src/adapters/payment/qiwi/qiwi.ts';
import { instant } from '../../../src/domain/time.ts';
import '../../support/fc-runs.ts';
import {
  notice,
  readBy,
  rub,
  secretKey,
  signatureFor,
  siteId,
  vector,
  vectorSignature,
} from './qiwi-desk.ts';

const settings = { apiUrl: 'http://qiwi.example', secretKey, siteId, mode: 'test' } as const;
const provider = qiwi(settings);
const read = readBy(provider);
const badSignature = { tag: 'refused', why: 'signature' };
const malformed = { tag: 'refused', why: 'malformed' };
const signed = (over: object) => {
  const bill = { ...vector, ...over };
  return notice(bill, signatureFor(bill));
};
const ofValue = (json: string, signedValue: string) => ({
  headers: { 'x-api-signature-sha256': signatureFor(vector, signedValue) },
  body: Buffer.from(JSON.stringify({ bill: vector, version: '1' }).replace('"1.00"', json)),
});
const paidSum = (raw: ReturnType<typeof notice>) => {
  const reading = read(raw);
  assert.ok(reading.tag === 'proof', reading.tag);
  return reading.claim.amount;
};

describe('the signature of QIWI', () => {
  it('is that of the published vector', () => {
    assert.equal(read(notice(vector, vectorSignature)).tag, 'proof');
    assert.equal(signatureFor(vector), vectorSignature);
  });

  it('is taken in either case of its letters, and by any key that is still good', () => {
    assert.equal(read(notice(vector, vectorSignature.toUpperCase())).tag, 'proof');
    const renewed = { ...settings, secretKey: 'new' };
    const both = qiwi({ ...renewed, retiredKeys: ['', secretKey] });
    assert.equal(readBy(both)(notice(vector, vectorSignature)).tag, 'proof');
    assert.equal(readBy(both)(notice(vector, signatureFor(vector, '1.00', 'new'))).tag, 'proof');
    assert.deepEqual(readBy(qiwi(renewed))(notice(vector, vectorSignature)), badSignature);
    assert.deepEqual(readBy(both)(notice(vector, signatureFor(vector, '1.00', ''))), badSignature);
  });

  it('of another length, of no hex, doubled or missing, proves nothing and breaks nothing', () => {
    const base64 = Buffer.from(vectorSignature, 'hex').toString('base64');
    for (const bad of [
      ...['', 'x', vectorSignature.slice(2), `${vectorSignature}00`, base64],
      ...[`${vectorSignature}, ${vectorSignature}`, `${vectorSignature.slice(2)}zz`],
      ...[undefined, [vectorSignature], [vectorSignature, vectorSignature]],
    ]) {
      const why = bad === undefined ? 'unsigned' : 'signature';
      assert.deepEqual(read(notice(vector, bad)), { tag: 'refused', why }, String(bad));
    }
  });

  it('proves nothing once a field it covers, or a digit of itself, is changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('siteId', 'billId'),
        fc.string({ minLength: 1 }),
        (name, more) => {
          const changed = { ...vector, [name]: `${vector[name as 'billId']}${more}` };
          assert.equal(read(notice(changed, vectorSignature)).tag, 'refused');
        },
      ),
    );
    fc.assert(
      fc.property(fc.nat(63), fc.integer({ min: 1, max: 15 }), (at, by) => {
        const digit = (parseInt(vectorSignature.charAt(at), 16) ^ by).toString(16);
        const changed = vectorSignature.slice(0, at) + digit + vectorSignature.slice(at + 1);
        assert.deepEqual(read(notice(vector, changed)), badSignature);
      }),
    );
    for (const over of [
      { amount: { value: '1.01', currency: 'RUB' } },
      { amount: { value: '10.00', currency: 'RUB' } },
      { amount: { value: '1.00', currency: 'KZT' } },
      { status: { value: 'EXPIRED' } },
      { status: { value: 'paid' } },
    ]) {
      assert.deepEqual(read(notice({ ...vector, ...over }, vectorSignature)), badSignature);
    }
  });

  it('proves nothing once a byte of the body is changed that says something signed', () => {
    const { body, headers } = notice(vector, vectorSignature);
    const before = read({ body, headers });
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(body);
        changed[at] = (changed[at] ?? 0) ^ by;
        const reading = read({ body: changed, headers });
        // Dates and the version are not signed, so nothing is taken from them.
        if (reading.tag === 'proof') assert.deepEqual(reading, before);
        else assert.equal(reading.tag, 'refused');
      }),
    );
  });

  it('covers the sum with two decimals, however it is written', () => {
    for (const json of ['1', '"1"', '1.0', '"1.0"', '1.00', '"1.00"']) {
      assert.deepEqual(paidSum(ofValue(json, '1.00')), rub(100n), json);
    }
  });

  it('may cover the sum as it is written', () => {
    for (const [json, text] of [
      ['1', '1'],
      ['1.0', '1.0'],
      ['"1"', '1'],
    ] as const) {
      assert.deepEqual(paidSum(ofValue(json, text)), rub(100n), json);
    }
    assert.deepEqual(read(ofValue('1', '1.0')), badSignature);
  });

  it('of a sum that cannot be read exactly leaves the money to people', () => {
    for (const [json, text] of [
      ['1e2', '1e2'],
      ['"1,00"', '1,00'],
      ['1.001', '1.001'],
      ['-1', '-1'],
      ['"0.1+0.2"', '0.1+0.2'],
      ['9007199254740993.00', '9007199254740993.00'],
      ['"１.00"', '１.00'],
    ] as const) {
      assert.equal(paidSum(ofValue(json, text)), undefined, json);
    }
  });

  it('cannot be kept while a part of one value moves into the next', () => {
    const moved = { ...vector, billId: 'bill', siteId: 'a|test' };
    assert.deepEqual(read(notice(moved, signatureFor(moved))), malformed);
    for (const over of [{ billId: 'a|b' }, { status: { value: 'PAID|' } }, { siteId: '|' }]) {
      assert.deepEqual(read(signed(over)), malformed);
    }
  });
});

describe('a notification of QIWI', () => {
  it('tells whose money and how much; when, it cannot prove', () => {
    assert.deepEqual(read(notice(vector, vectorSignature)), {
      ...{ tag: 'proof', eventKey: 'test_bill:PAID', of: { by: 'id', id: 'test_bill' } },
      claim: {
        ...{ state: 'paid', ref: 'test_bill', amount: rub(100n), mode: 'test' },
        ...{ reason: undefined, paidAt: undefined },
      },
    });
  });

  it('tells how each bill ended, and nothing of one that waits or stands as nobody knows', () => {
    const stands = (value: string) => {
      const reading = read(signed({ status: { value } }));
      return reading.tag === 'proof' ? [reading.claim.state, reading.eventKey] : reading.tag;
    };
    assert.deepEqual(stands('PAID'), ['paid', 'test_bill:PAID']);
    assert.deepEqual(stands('REJECTED'), ['canceled', 'test_bill:REJECTED']);
    assert.deepEqual(stands('EXPIRED'), ['expired', 'test_bill:EXPIRED']);
    for (const value of ['WAITING', 'UNHEARD_OF', '', 'paid', '__proto__', 'constructor']) {
      assert.equal(stands(value), 'ignored', value);
    }
  });

  it('about another site is refused, however truly signed', () => {
    assert.deepEqual(read(signed({ siteId: 'other' })), { tag: 'refused', why: 'payee' });
  });

  it('that is no bill is refused and never breaks', () => {
    const { body } = notice(vector, vectorSignature);
    for (const bad of [
      ...['', 'null', '1', '[]', '{}', '{"bill":null}', '{"bill":[]}', '{"__proto__":{"bill":{}}}'],
      body.toString().replace('"test_bill"', '["test_bill"]'),
      body.toString().replace('"test_bill"', '{"test_bill":1}'),
      body.toString().replace('"RUB"', 'null'),
      body.toString().replace('"1.00"', '["1.00"]'),
      body.toString().replace('"1.00"', 'true'),
      body.subarray(0, -1).toString(),
    ]) {
      const raw = {
        headers: { 'x-api-signature-sha256': vectorSignature },
        body: Buffer.from(bad),
      };
      assert.deepEqual(read(raw), malformed, bad);
    }
    fc.assert(
      fc.property(fc.uint8Array(), fc.json(), (bytes, json) => {
        for (const one of [bytes, Buffer.from(json), Buffer.from(`{"bill":${json}}`)]) {
          assert.equal(
            provider.readNotification({ headers: {}, body: one }, instant(0)).tag,
            'refused',
          );
        }
      }),
    );
  });
});
