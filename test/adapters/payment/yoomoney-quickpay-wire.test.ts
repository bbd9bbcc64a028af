import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formFields } from '../../../src/adapters/payment/yoomoney-quickpay/yoomoney-quickpay-wire.ts';
import { money } from '../../../src/domain/money.ts';
import { anySumAbove } from '../../support/any.ts';
import {
  command,
  form,
  malformed,
  proved,
  read,
  receiver,
  rub,
  settingsAt,
  signed,
  vector,
} from './yoomoney-quickpay-wallet.ts';

const told = (over: Record<string, string>) => read(form(signed({ ...vector, ...over })));
const fieldsOf = (over: Parameters<typeof command>[0]) => {
  const fields = formFields(command(over), settingsAt('http://wallet.example'));
  return fields && Object.fromEntries(fields);
};

describe('the form of the wallet', () => {
  it('names the wallet, the sum to the kopeck, our payment, and the way back', () => {
    const { paymentId, returnUrl } = command();

    assert.deepEqual(fieldsOf({ paymentId, amount: rub(123_450n) }), {
      ...{ receiver, 'quickpay-form': 'button', paymentType: 'AC', sum: '1234.50' },
      ...{ label: paymentId, successURL: returnUrl },
    });
    assert.ok(paymentId.length <= 64);
  });

  it('offers what the method says, and is not made for a method of others', () => {
    assert.equal(fieldsOf({ method: 'PC' })?.['paymentType'], 'PC');
    assert.equal(fieldsOf({ method: 'AC' })?.['paymentType'], 'AC');
    assert.equal(fieldsOf({ method: 'bank_card' }), undefined);
  });

  it('is made for roubles above zero and for nothing else', () => {
    for (const amount of [rub(0n), rub(-1n), money(100n, 'USD'), money(100n, 'KZT')]) {
      assert.equal(fieldsOf({ amount }), undefined);
    }
    assert.equal(fieldsOf({ amount: rub(1n) })?.['sum'], '0.01');
  });

  it('and the notification agree on every sum', () => {
    fc.assert(
      fc.property(anySumAbove(0n), (amount) => {
        const text = fieldsOf({ amount })?.['sum'] ?? '';
        assert.deepEqual(proved(told({ withdraw_amount: text })).claim.amount, amount);
      }),
    );
  });
});

describe('a notification of the wallet', () => {
  it('tells whose money, how much was debited, what reached us, and when', () => {
    assert.deepEqual(told({}), {
      ...{ tag: 'proof', eventKey: '441361714955017004', of: { by: 'id', id: 'ML23045' } },
      claim: {
        ...{ state: 'paid', ref: '441361714955017004', mode: 'test', reason: undefined },
        ...{ amount: rub(10_000n), credited: rub(9_800n) },
        paidAt: Date.UTC(2013, 11, 26, 8, 28, 34),
        instrument: { label: '•••• 0000' },
      },
    });
    const card = proved(told({ notification_type: 'card-incoming', sender: '' }));
    assert.equal(card.claim.amount?.minor, 10_000n);
    assert.equal(card.claim.instrument, undefined);
  });

  it('keeps nothing of its payer', () => {
    const contacts = { lastname: 'Каренина', email: 'anna@example.org', phone: '+79990001122' };
    const text = JSON.stringify(told(contacts), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const private_ of [...Object.values(contacts), vector['sender'] ?? '']) {
      assert.ok(!text.includes(private_), private_);
    }
  });

  it('changes nothing where the money is not ours, or there is none', () => {
    for (const over of [
      { unaccepted: 'true' },
      { codepro: 'true' },
      { codepro: 'True' },
      { test_notification: 'true', operation_id: 'test-notification', label: '' },
      { operation_id: 'test-notification' },
      { notification_type: 'unheard-of-incoming' },
      { notification_type: '' },
    ] as Record<string, string>[]) {
      assert.equal(told(over).tag, 'ignored', JSON.stringify(over));
    }
  });

  it('of money that does not fit goes to people, never into an account', () => {
    for (const over of [
      { currency: '840' },
      { currency: '' },
      { withdraw_amount: '' },
      { withdraw_amount: '100,00' },
      { withdraw_amount: '1e2' },
      { withdraw_amount: '100.005' },
      { withdraw_amount: '１００.００' },
      { withdraw_amount: '0100.00' },
    ] as Record<string, string>[]) {
      const reading = proved(told(over));
      assert.equal(reading.claim.state, 'paid');
      assert.equal(reading.claim.amount, undefined, JSON.stringify(over));
    }
  });

  it('may spell its sum with no, one or two decimals', () => {
    for (const withdraw of ['100', '100.0', '100.00']) {
      assert.equal(proved(told({ withdraw_amount: withdraw })).claim.amount?.minor, 10_000n);
    }
  });

  it('under a label that is not ours is a proof all the same, safe to keep', () => {
    assert.deepEqual(proved(told({ label: '' })).of, { by: 'id', id: '' });
    assert.deepEqual(proved(told({ label: 'за дом\u0000' })).of, { by: 'id', id: 'за дом�' });
  });

  it('without a number of its operation is refused: it could be counted twice', () => {
    for (const id of ['', ' ', 'a b', 'x'.repeat(65), '\u0000']) {
      assert.deepEqual(told({ operation_id: id }), malformed);
    }
  });

  it('with a time nobody can read is a proof without a time', () => {
    assert.equal(proved(told({ datetime: 'yesterday' })).claim.paidAt, undefined);
  });
});
