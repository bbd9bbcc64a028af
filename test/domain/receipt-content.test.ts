import assert from 'node:assert/strict';
import fc from 'fast-check';
import { receiptContent } from '../../src/domain/receipt-content.ts';
import { issueReceipt, type Receipt } from '../../src/domain/receipt.ts';
import { decimalText, parseDecimal } from '../../src/domain/money.ts';
import type { SucceededPayment } from '../../src/domain/payment.ts';
import { anyInstant, anyPayment, anyText } from '../support/any.ts';

const anyReceipt = fc
  .tuple(anyPayment('succeeded'), anyInstant)
  .map(([payment, now]) =>
    issueReceipt(
      payment as SucceededPayment,
      { contract: '7000001', year: 2026, serial: 1 },
      '0123456789ABCDEF',
      now,
    ),
  );
const payee = { legalName: 'ООО «Связь»', taxNumber: '7700000000' };

describe('what is signed of a receipt', () => {
  it('keeps every sum exactly, in the currency’s own decimals', () => {
    fc.assert(
      fc.property(anyReceipt, (receipt) => {
        const content = receiptContent(receipt, payee);
        for (const name of ['amount', 'total', 'fee'] as const) {
          const signed = content[name]!;
          assert.equal(signed.value, decimalText(receipt[name]));
          assert.deepEqual(parseDecimal(signed.value, signed.currency), receipt[name]);
        }
      }),
    );
  });

  it('is well-formed text in NFC, whatever payee and provider are called', () => {
    fc.assert(
      fc.property(anyReceipt, fc.string({ unit: 'binary' }), anyText, (receipt, name, ref) => {
        const odd: Receipt = { ...receipt, providerRef: `${ref}\u0065\u0301\ud800` };
        const content = receiptContent(odd, { ...payee, legalName: name });
        for (const text of [content.payee.name, content.providerPaymentId]) {
          assert.ok(text.isWellFormed());
          assert.equal(text, text.normalize('NFC'));
        }
        assert.match(content.providerPaymentId, /é\uFFFD$/);
      }),
    );
  });

  it('tells an account by its last four digits only', () => {
    fc.assert(
      fc.property(anyReceipt, (receipt) => {
        const { account } = receiptContent(
          { ...receipt, accountNumber: '40817810099910004312' },
          payee,
        );
        assert.equal(account, `${'•'.repeat(16)}4312`);
      }),
    );
  });

  it('has no fee and no time of payment for a refund, but its id', () => {
    fc.assert(
      fc.property(anyReceipt, ({ kind: _, fee: _fee, paidAt: _at, ...rest }) => {
        const refund = { ...rest, kind: 'refund', refundId: 'r-1' } as unknown as Receipt;
        const content = receiptContent({ ...refund, providerRef: undefined }, payee);
        assert.deepEqual([content.fee, content.paidAt], [undefined, undefined]);
        assert.equal(content.refundId, 'r-1');
        assert.equal(content.providerPaymentId, '');
      }),
    );
  });
});
