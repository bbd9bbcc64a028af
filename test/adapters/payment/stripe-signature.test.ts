import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { checkStripeSignature } from '../../../src/adapters/payment/stripe/stripe-signature.ts';

const secret = 'whsec_test';
const stampMs = 1_700_000_000_000;
const body = Buffer.from(
  '{"id":"evt_1","object":"event","type":"checkout.session.completed",' +
    '"data":{"object":{"id":"cs_test_1","object":"checkout.session"}}}',
);
const hex = '577f770ed830a8f11ff78f55b90cc47af587c4373d942ea75318c642b058bb3a';
const header = `t=1700000000,v1=${hex}`;
const check = (given: string | readonly string[] | undefined, secrets = [secret], at = stampMs) =>
  checkStripeSignature(given, body, secrets, at);

describe('a signature of Stripe', () => {
  it('holds for the published vector, within 300 s on both sides', () => {
    assert.equal(check(header), 'good');
    assert.equal(check(header, [secret], stampMs + 300_000), 'good');
    assert.equal(check(header, [secret], stampMs + 301_000), 'untimely');
    assert.equal(check(header, [secret], stampMs - 300_000), 'good');
    assert.equal(check(header, [secret], stampMs - 301_000), 'untimely');
  });

  it('holds while a secret is being replaced, on their side or ours', () => {
    const wrong = '0'.repeat(64);

    assert.equal(check(`t=1700000000,v1=${wrong},v1=${hex}`), 'good');
    assert.equal(check(header, ['whsec_new', secret]), 'good');
    assert.equal(check(header, ['whsec_new']), 'bad');
    assert.equal(check(header, []), 'bad');
  });

  it('may be written in capitals and between other parts', () => {
    assert.equal(check(`t=1700000000, v1=${hex.toUpperCase()}, v0=${hex}, v2=x`), 'good');
  });

  const bad: readonly (string | readonly string[] | undefined)[] = [
    undefined,
    '',
    't=1700000000',
    `v1=${hex}`,
    `t=,v1=${hex}`,
    `t=17e8,v1=${hex}`,
    `t=1700000000,t=1700000000,v1=${hex}`,
    `t=1700000001,v1=${hex}`,
    `t=1700000000,v0=${hex}`,
    `t=1700000000,v1=${hex.slice(0, 40)}`,
    `t=1700000000,v1=${hex}00`,
    `t=1700000000,v1=${'0'.repeat(64)}`,
    [header],
    [header, header],
    `${header},${'x=y,'.repeat(600)}`,
  ];
  for (const given of bad) {
    it(`does not hold: ${String(given).slice(0, 50)}`, () => {
      assert.equal(check(given), 'bad');
    });
  }

  it('is not of another scheme: a bare digest of the body is none', () => {
    const bare = createHmac('sha256', secret).update(body).digest('hex');

    assert.equal(check(`t=1700000000,v1=${bare}`), 'bad');
  });
});
