import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  provedBy,
  readForm,
  stringToSign,
} from '../../../src/adapters/payment/yoomoney-quickpay/yoomoney-quickpay-signature.ts';
import '../../support/fc-runs.ts';
import {
  badSignature,
  form,
  hashed,
  malformed,
  proved,
  read,
  secret,
  signed,
  vector,
} from './yoomoney-quickpay-wallet.ts';

const sign = 'a452af731650e2c5b39abcdc7c28dd27db7b3b654c2230ad2c386e64afb98605';
const good: Record<string, string> = { ...vector, sign };

describe('the signature of the wallet', () => {
  it('is that of the published vector, to the letter', () => {
    const fields = readForm(Buffer.from(form(good)));

    assert.ok(fields);
    assert.equal(
      stringToSign(fields),
      'amount=98.00&codepro=false&currency=643&datetime=2013-12-26T08%3A28%3A34Z&label=ML23045' +
        '&notification_type=p2p-incoming&operation_id=441361714955017004&sender=41000000000' +
        '&sha1_hash=ac13833bd6ba9eff1fa9e4bed76f3d6ebb57f6c0&unaccepted=false' +
        '&withdraw_amount=100.00',
    );
    assert.equal(provedBy(fields, [secret], false), 'sign');
    assert.equal(signed(vector)['sign'], sign);
  });

  it('is taken in either case of its letters, and by any secret that is still good', () => {
    assert.equal(read(form({ ...good, sign: sign.toUpperCase() })).tag, 'proof');
    assert.equal(read(form(good), { secrets: ['new', secret] }).tag, 'proof');
    assert.deepEqual(read(form(good), { secrets: ['new'] }), badSignature);
    assert.deepEqual(read(form(signed(vector, 'x')), { secrets: [] }), badSignature);
  });

  it('covers every field, empty and unheard-of ones as well, whatever is written in it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const name = fc.stringMatching(/^x_[a-zа-я-]{1,8}$/);
    fc.assert(
      fc.property(fc.dictionary(name, text), (more) => {
        const all = signed({ ...vector, email: '', lastname: "О'Нил (*)!~ +", ...more });
        assert.equal(read(form(all)).tag, 'proof');
      }),
    );
  });

  it('has the fields in the order of their code points, which is not that of JavaScript', () => {
    const fields = new Map(['x🏠', 'x～', 'x'].map((name) => [name, '1']));
    assert.equal(stringToSign(fields), 'x=1&x～=1&x🏠=1');
  });

  it('proves nothing once a field is changed, gone, or added', () => {
    const names = Object.keys(vector);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ minLength: 1 }), (name, more) => {
        const changed = { ...good, [name]: `${good[name] ?? ''}${more}` };
        assert.deepEqual(read(form(changed)), badSignature);
      }),
    );
    for (const name of names) {
      const { [name]: _gone, ...rest } = good;
      assert.deepEqual(read(form(rest)), badSignature, name);
    }
    assert.deepEqual(read(form({ ...good, extra: '' })), badSignature);
  });

  it('proves nothing once a byte is changed', () => {
    const body = Buffer.from(form(good));
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(body);
        changed[at] = (changed[at] ?? 0) ^ by;
        const reading = read(changed);
        // The digits of hex may change their case: then it says what it said.
        if (reading.tag === 'proof') assert.deepEqual(reading, read(body));
        else assert.equal(reading.tag, 'refused');
      }),
    );
  });

  it('of another length, of no hex, empty or missing, proves nothing and breaks nothing', () => {
    for (const bad of [
      '',
      'x',
      sign.slice(1),
      `${sign}00`,
      `${sign.slice(2)}zz`,
      sign.slice(0, 40),
    ]) {
      assert.deepEqual(read(form({ ...vector, sign: bad })), badSignature, bad);
    }
    assert.deepEqual(read(form(vector)), badSignature);
  });

  it('cannot be kept while one field is hidden in the name of another', () => {
    const test = signed({ ...vector, test_notification: 'true' });
    assert.equal(read(form(test)).tag, 'ignored');
    const { test_notification: _hidden, unaccepted, ...rest } = test;

    const swallowed = { ...rest, 'test_notification=true&unaccepted': unaccepted ?? '' };

    assert.deepEqual(read(form(swallowed)), malformed);
  });
});

describe('a form of the wallet', () => {
  it('with a name given twice, without a name, or in no UTF-8, is refused and never breaks', () => {
    const body = form(good);
    for (const bad of [
      '',
      '=x',
      `${body}&label=`,
      `${body}&unaccepted=false`,
      `${body}&`,
      '%',
      'a=%FF',
    ]) {
      assert.deepEqual(read(bad), malformed, bad);
    }
    assert.deepEqual(read(Uint8Array.of(0xff, 0x61, 0x3d)), malformed);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        assert.equal(read(bytes).tag, 'refused');
      }),
    );
  });

  it('may have fields called as anything', () => {
    const all = `${form(signed({ ...vector, constructor: 'x' }))}`;
    assert.equal(read(all).tag, 'proof');
    assert.deepEqual(read(`${form(good)}&__proto__=x`), badSignature);
    assert.deepEqual(read('__proto__=x&__proto__=y'), malformed);
  });
});

describe('the old hash of the wallet', () => {
  const old: Record<string, string> = {
    ...{ notification_type: 'p2p-incoming', operation_id: '1234567', amount: '300.00' },
    ...{ currency: '643', datetime: '2011-07-01T09:00:00.000+04:00', sender: '41001XXXXXXXX' },
    ...{ codepro: 'false', label: 'YM.label.12345', withdraw_amount: '303.00' },
    sha1_hash: 'a2ee4a9195f4a90e893cff4f62eeba0b662321f9',
  };
  const oldSecrets = ['01234567890ABCDEF01234567890'];
  const accepting = { secrets: oldSecrets, acceptsSha1: true };

  it('is that of the published example, and counts only where the settings say so', () => {
    assert.equal(read(form(old), accepting).tag, 'proof');
    assert.deepEqual(read(form(old), { ...accepting, acceptsSha1: false }), badSignature);
  });

  it('never makes a bad signature pass', () => {
    const both = hashed({ ...vector });
    for (const bad of ['', '0'.repeat(64), hashed(vector)['sha1_hash'] ?? '', 'sign']) {
      assert.deepEqual(read(form({ ...both, sign: bad }), { acceptsSha1: true }), badSignature);
    }
    assert.equal(read(form(signed(both)), { acceptsSha1: true }).tag, 'proof');
  });

  it('leaves to people a debited sum that does not follow from the credited one', () => {
    const told = (over: Record<string, string>) =>
      proved(read(form(hashed({ ...old, ...over })), { acceptsSha1: true })).claim.amount?.minor;

    assert.equal(told({}), 30_300n);
    assert.equal(told({ withdraw_amount: '303.01' }), 30_301n);
    assert.equal(told({ withdraw_amount: '303.02' }), undefined);
    assert.equal(told({ withdraw_amount: '3000.00' }), undefined);
    assert.equal(told({ withdraw_amount: '' }), undefined);
    assert.equal(told({ notification_type: 'card-incoming' }), undefined);
    assert.equal(
      told({ notification_type: 'card-incoming', amount: '97.00', withdraw_amount: '100.00' }),
      10_000n,
    );
  });

  it('proves nothing once a field it covers is changed', () => {
    for (const name of ['operation_id', 'amount', 'currency', 'datetime', 'sender', 'label']) {
      const changed = { ...old, [name]: `${old[name]}0` };
      assert.deepEqual(read(form(changed), accepting), badSignature, name);
    }
  });
});
