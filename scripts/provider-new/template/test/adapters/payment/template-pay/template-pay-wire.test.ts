import assert from 'node:assert/strict';
import fc from 'fast-check';
import { signatureOf } from '../../../../src/adapters/payment/template-pay/template-pay-signature.ts';
import {
  createdFrom,
  paymentRequest,
  paymentShape,
  readNotice,
} from '../../../../src/adapters/payment/template-pay/template-pay-wire.ts';
import type { PaymentId } from '../../../../../../../src/domain/ids.ts';
import { money, type Money } from '../../../../../../../src/domain/money.ts';
import { instant } from '../../../../../../../src/domain/time.ts';

// A worked example of the signature, best one of their own documentation; this one is by
// printf %s "$body" | openssl dgst -sha256 -hmac a-secret-for-tests
const id = '0d6c1f0e-6f5b-4b1c-9a57-3f1f5f0a7c11' as PaymentId;
const body = Buffer.from(
  `{"id":"${id}","amount":123450,"currency":"RUB","state":"paid","paidAt":"2026-03-11T09:00:00.000Z"}`,
);
const signature = 'fa939f8f1e24e5a04ba24d68aa6c3549116619902663a5637cbf1f1c3f1b171b';
const key = 'a-secret-for-tests';

const read = (bytes: Uint8Array, header: string) =>
  readNotice(bytes, header, { keys: ['another-key', key], mode: 'test' });
const signed = (text: string) =>
  read(Buffer.from(text), signatureOf(Buffer.from(text), key).toString('hex'));
const asked = (amount: Money) =>
  paymentRequest({
    ...{ paymentId: id, amount, description: 'Лицевой счёт 7000001-1' },
    ...{ returnUrl: 'https://kabinet.example/', expiresAt: instant(Date.UTC(2026, 2, 11, 10)) },
  });

describe('A notification of Template Pay', () => {
  it('proves what its signature covers', () => {
    const reading = read(body, signature);

    assert.ok(reading.tag === 'proof');
    assert.deepEqual(reading.of, { by: 'id', id });
    assert.deepEqual(reading.claim, {
      ...{ state: 'paid', ref: id, amount: money(1_234_50n, 'RUB'), mode: 'test' },
      ...{ reason: undefined, paidAt: instant(Date.UTC(2026, 2, 11, 9)) },
    });
  });

  it('proves nothing with another signature, or none', () => {
    const refused = { tag: 'refused', why: 'signature' };
    assert.deepEqual(
      read(
        body,
        signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      ),
      refused,
    );
    assert.deepEqual(read(body, ''), refused);
    const none = readNotice(body, undefined, { keys: [key], mode: 'test' });
    assert.deepEqual(none, { tag: 'refused', why: 'unsigned' });
    assert.deepEqual(read(Buffer.concat([body, Buffer.from(' ')]), signature), refused);
  });

  it('is ignored in a state nobody has heard of', () => {
    assert.equal(
      signed(body.toString().replace(/"state":"\w+"/, '"state":"unheard-of"')).tag,
      'ignored',
    );
  });
});

describe('Sums at Template Pay', () => {
  it('go there and back to the smallest unit', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 100_000_000_00n), (minor) => {
        const sum = money(minor, 'RUB');
        const told = { id, state: '', payUrl: 'https://pay.example/1', ...asked(sum) };
        assert.ok(createdFrom(paymentShape.parse(told), sum));
      }),
    );
  });

  it('that they would not charge to the last unit are not asked for', () => {
    for (const minor of [0n, -1n, 100_000_000_01n])
      assert.equal(asked(money(minor, 'RUB')), undefined);
    assert.equal(asked(money(100n, 'KWD')), undefined);
  });
});
