import { invariant } from '../../domain/invariant.ts';
import { receiptContent } from '../../domain/receipt-content.ts';
import type { Receipt } from '../../domain/receipt.ts';
import type { Company } from '../ports/receipt-printer.ts';
import type { ReceiptSeal, ReceiptSigner } from '../ports/receipt-signer.ts';
import type { ReceiptStore } from '../ports/receipt-store.ts';

/** A receipt's seal, and the document that proves it without the portal. */
export interface SealedReceipt {
  readonly seal: ReceiptSeal;
  /** Canonical JSON of the signed content, its signature and the public key. */
  readonly document: string;
}

/** Where the public keys of receipts are published, under the portal's address. */
export const receiptKeysPath = '/.well-known/receipt-keys.json';

/**
 * Signs a receipt when it is first shown, so that paying never waits for it. The first seal stays: shown again, after
 * another key or company name, the receipt is the same document.
 */
export const sealReceipt =
  (receipts: ReceiptStore, signer: ReceiptSigner, company: Company, portalUrl: string) =>
  async (receipt: Receipt): Promise<SealedReceipt> => {
    const seal =
      (await receipts.sealOf(receipt.code)) ??
      (await receipts.keepSeal(receipt, await signer.seal(receiptContent(receipt, company))));
    const key = (await signer.keys()).find(({ kid }) => kid === seal.kid);
    invariant(key !== undefined, `receipt ${receipt.number} was sealed with a key that is gone`);
    const document = signer.canonical({
      content: JSON.parse(seal.content) as unknown,
      key,
      keys: `${portalUrl}${receiptKeysPath}`,
      signature: seal.signature,
    });
    invariant(document !== undefined, `receipt ${receipt.number} is no text`);
    return { seal, document };
  };
export type SealReceipt = ReturnType<typeof sealReceipt>;
