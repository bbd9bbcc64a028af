import assert from 'node:assert/strict';
import { recordPaymentCommand } from '../../../src/application/payments/settle-payment.ts';
import { longestProviderRef } from '../../../src/application/ports/inside-messages.ts';
import { recordPaymentSchema } from '../../../src/adapters/amqp/schemas/record-payment.ts';
import type { SucceededPayment } from '../../../src/domain/payment.ts';
import { givenAccount, givenCustomer, noon } from '../../support/given.ts';
import { givenPayment } from '../../support/given-payments.ts';

describe('What accounting is told of a payment', () => {
  const told = (providerRef: string | undefined) => {
    const payment = givenPayment(givenAccount(givenCustomer()), noon);
    const { charge: captured } = payment;
    const facts = { paidAt: noon, late: false, captured, providerFee: undefined };
    const paid = { ...payment, ...facts, state: 'succeeded', providerRef } as SucceededPayment;
    const { data } = recordPaymentCommand(paid);
    assert.ok(recordPaymentSchema.safeParse(data).success);
    return data;
  };

  it('has the provider’s own name of it, where there is one that a message may carry', () => {
    const longest = 'x'.repeat(longestProviderRef);

    assert.equal(told('pi_1').providerRef, 'pi_1');
    assert.equal(told(longest).providerRef, longest);
    for (const ref of [undefined, '', `${longest}x`]) assert.ok(!('providerRef' in told(ref)), ref);
  });
});
