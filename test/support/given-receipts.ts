import { MemoryReceiptKeyStore } from '../../src/adapters/memory/memory-receipt-key-store.ts';
import { receiptSigner } from '../../src/adapters/system/receipt-signer.ts';
import { byClaim } from '../../src/application/payments/settle-payment.ts';
import type { Company } from '../../src/application/ports/receipt-printer.ts';
import { presentReceipt } from '../../src/application/receipts/present-receipt.ts';
import { sealReceipt } from '../../src/application/receipts/seal-receipt.ts';
import { showReceipt, showRefundReceipt } from '../../src/application/receipts/show-receipt.ts';
import type { PaymentId, RefundId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import type { Claim } from '../../src/domain/payment-claim.ts';
import type { PaymentMethod } from '../../src/domain/payment-limits.ts';
import type { Refund } from '../../src/domain/refund.ts';
import { secrets } from './given.ts';
import { card, givenPaying } from './given-paying.ts';
import { givenClaim, givenRefund } from './given-payments.ts';

export const company: Company = {
  name: 'Связь',
  legalName: 'ООО «Связь»',
  taxNumber: '7700000000',
  address: 'Москва',
  support: '8 800 000-00-00',
  timeZone: 'Europe/Moscow',
};
export const writer = { inWords: () => ({ ru: 'пятьсот рублей', en: 'five hundred roubles' }) };
const portalUrl = 'https://kabinet.example';

/** A portal in which Anna pays 500 roubles and gets receipts, signed for true. */
export async function givenReceipts(methods: readonly PaymentMethod[] = [card]) {
  const world = await givenPaying();
  const { receipts, refunds } = world.stores;
  const keyStore = new MemoryReceiptKeyStore();
  const signer = receiptSigner(keyStore, secrets);
  const seal = sealReceipt(receipts, signer, company, portalUrl);
  const present = presentReceipt(receipts, world.stores.fiscals, seal, {
    methods,
    company,
    writer,
    portalUrl,
  });
  return {
    ...world,
    keyStore,
    signer,
    seal,
    show: showReceipt(receipts, refunds, present),
    showRefund: showRefundReceipt(receipts, refunds, present),
    /** Anna pays; answers the payment. */
    paid: async (facts: Partial<Claim> = {}): Promise<PaymentId> => {
      const id = await world.wish();
      await world.send(id);
      await world.settle(id, byClaim(givenClaim(facts), 'live'));
      return id;
    },
    /** A part of it goes back to her; a refund that is named moves on. */
    back: async (id: PaymentId, minor: bigint, facts: Partial<Refund> = {}): Promise<RefundId> => {
      const sums = { amount: money(minor, 'RUB'), debit: money(minor, 'RUB') };
      const refund = givenRefund({ id, customerId: world.anna.id }, { ...sums, ...facts });
      await world.settle(id, () => ({ kind: 'children', refunds: [refund] }));
      return refund.id;
    },
  };
}
