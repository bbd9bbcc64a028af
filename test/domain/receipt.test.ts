import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RefundId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import {
  issueReceipt,
  issueRefundReceipt,
  parseReceiptCode,
  printedCode,
  receiptCode,
  receiptStatus,
} from '../../src/domain/receipt.ts';
import type { SucceededPayment } from '../../src/domain/payment.ts';
import { refundStates, type Refund, type RefundState } from '../../src/domain/refund.ts';
import { anyInstant, anyPayment } from '../support/any.ts';

const anyBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const anyCode = anyBytes.map(receiptCode);

describe('a receipt', () => {
  describe('code', () => {
    it('has 16 symbols that nobody mixes up', () => {
      fc.assert(
        fc.property(anyCode, (code) => {
          assert.match(code, /^[0-9A-HJKMNP-TV-Z]{16}$/);
        }),
      );
    });

    it('keeps all 80 random bits: different bytes give different codes', () => {
      fc.assert(
        fc.property(anyBytes, fc.nat(79), (bytes, bit) => {
          const other = bytes.map((byte, n) => (n === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
          assert.notEqual(receiptCode(other), receiptCode(bytes));
        }),
      );
    });

    it('is what Crockford’s base 32 says', () => {
      assert.equal(receiptCode(new Uint8Array(10)), '0000000000000000');
      assert.equal(receiptCode(new Uint8Array(10).fill(255)), 'ZZZZZZZZZZZZZZZZ');
      const counting = Uint8Array.from({ length: 10 }, (_, n) => n);
      assert.equal(receiptCode(counting), '000G40R40M30E209');
    });

    it('reads back however it was printed, grouped or typed', () => {
      fc.assert(
        fc.property(anyCode, fc.boolean(), (code, isLower) => {
          const typed = printedCode(code).replaceAll('0', 'O').replaceAll('1', 'l');
          assert.equal(parseReceiptCode(isLower ? typed.toLowerCase() : typed), code);
          assert.equal(parseReceiptCode(` ${code.replaceAll('1', 'I')} `), code);
        }),
      );
    });

    it('is printed in four groups of four', () => {
      assert.equal(printedCode('0123456789ABCDEF'), '0123-4567-89AB-CDEF');
    });

    it('is told from what is none', () => {
      const wrong = ['', '0123456789ABCDE', '0123456789ABCDEFG', '0123456789ABCDEU', '012345678;'];
      for (const typed of wrong) assert.equal(parseReceiptCode(typed), undefined, typed);
    });
  });

  it('shows what was paid, under a number of its contract and year', () => {
    fc.assert(
      fc.property(anyPayment('succeeded'), anyInstant, fc.nat(99_999), (payment, now, serial) => {
        const paid = payment as SucceededPayment;
        const place = { contract: '7000001', year: 2026, serial };

        const receipt = issueReceipt(paid, place, '0'.repeat(16), now);

        assert.match(receipt.number, /^R-2026-7000001-\d{4,}$/);
        assert.equal(Number(receipt.number.split('-').at(-1)), serial);
        assert.equal(receipt.amount, paid.amount);
        assert.equal(receipt.paidAt, paid.paidAt);
        assert.equal(receipt.paymentId, paid.id);
        assert.equal(receipt.customerId, paid.customerId);
        assert.equal(receipt.providerRef, paid.providerRef);
        assert.equal(receipt.issuedAt, now);
      }),
    );
  });

  describe('of a refund', () => {
    const anyRefund = (paid: SucceededPayment, state: RefundState, minor: bigint): Refund => ({
      id: `refund ${minor}` as RefundId,
      paymentId: paid.id,
      customerId: paid.customerId,
      provider: paid.provider,
      amount: money(minor, paid.captured.currency),
      debit: money(minor, paid.amount.currency),
      state,
      origin: 'staff',
      reason: '',
      requestedBy: undefined,
      approvedBy: undefined,
      providerRef: undefined,
      createdAt: paid.createdAt,
      updatedAt: paid.updatedAt,
      attempts: 1,
    });
    const place = { contract: '7000001', year: 2026, serial: 1 };
    const anyPaid = anyPayment('succeeded').map((payment) => payment as SucceededPayment);
    const anyParts = fc.array(
      fc.record({ minor: fc.bigInt(1n, 10n ** 9n), state: fc.constantFrom(...refundStates) }),
      { maxLength: 6 },
    );

    it('shows what went back, and is issued when it did', () => {
      fc.assert(
        fc.property(anyPaid, fc.bigInt(1n, 10n ** 9n), (paid, minor) => {
          const refund = anyRefund(paid, 'succeeded', minor);

          const receipt = issueRefundReceipt(refund, paid, place, '0'.repeat(16));

          assert.equal(receipt.number, 'R-2026-7000001-0001');
          assert.equal(receipt.issuedAt, refund.updatedAt);
          assert.deepEqual([receipt.amount, receipt.total], [refund.debit, refund.amount]);
          assert.equal(receiptStatus(receipt, [refund]), 'paid-back');
          assert.equal(receiptStatus(receipt, [{ ...refund, state: 'failed' }]), 'came-back');
          assert.equal(receiptStatus(receipt, []), 'paid-back');
        }),
      );
    });

    it('changes how the payment’s receipt stands by what was paid back, and by nothing else', () => {
      fc.assert(
        fc.property(anyPaid, anyParts, (paid, parts) => {
          const refunds = parts.map(({ minor, state }) => anyRefund(paid, state, minor));
          const receipt = issueReceipt(paid, place, '0'.repeat(16), paid.updatedAt);
          const back = refunds
            .filter(({ state }) => state === 'succeeded')
            .reduce((sum, { amount }) => sum + amount.minor, 0n);

          const status = receiptStatus(receipt, refunds);

          const part = back >= receipt.total.minor ? 'refunded' : 'partly-refunded';
          assert.equal(status, back === 0n ? 'paid' : part);
        }),
      );
    });
  });
});
