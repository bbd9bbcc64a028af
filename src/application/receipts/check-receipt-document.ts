import type { ReceiptContent } from '../../domain/receipt-content.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { ReceiptSigner } from '../ports/receipt-signer.ts';
import type { ReceiptStore } from '../ports/receipt-store.ts';
import type { RefundStore } from '../ports/refund-store.ts';
import { checkedReceipt, type CheckedReceipt } from './verify-receipt.ts';

/** The JSON that is attached to a receipt, as somebody brought it. */
export interface BroughtDocument {
  readonly content: Readonly<Record<string, unknown>>;
  readonly kid: string;
  readonly signature: string;
}
export type DocumentVerdict =
  /** Word for word what was signed, and how it stands today. */
  | { readonly verdict: 'valid'; readonly receipt: CheckedReceipt }
  /** Not what was signed. `changed`: the members that differ from ours, where the receipt is known. */
  | { readonly verdict: 'altered'; readonly changed: readonly string[] }
  /** Signed by none of our keys. */
  | { readonly verdict: 'unknown' };
export type CheckDocumentRefusal = {
  readonly reason: 'too-many-tries';
  readonly retryAfterMs: number;
};

/** Checks the signed JSON of a receipt: by its signature first, and then by what we know of it. */
export const checkReceiptDocument =
  (receipts: ReceiptStore, refunds: RefundStore, signer: ReceiptSigner, limiter: Limiter) =>
  async (
    brought: BroughtDocument,
    address: string,
  ): Promise<Result<DocumentVerdict, CheckDocumentRefusal>> => {
    const limit = await limiter.spend('receipt-check-address', address);
    if (!limit.allowed) {
      return refused({ reason: 'too-many-tries', retryAfterMs: limit.retryAfterMs });
    }
    const { content, kid, signature } = brought;
    const text = signer.canonical(content) ?? '';
    const signed = await signer.check({ content: text, kid, signature });
    if (signed === 'unknown-key') return ok({ verdict: 'unknown' });
    const code = typeof content['code'] === 'string' ? content['code'] : '';
    if (signed === 'altered') {
      const kept = await receipts.sealOf(code);
      return ok({
        verdict: 'altered',
        changed: kept === undefined ? [] : changed(kept.content, content, signer),
      });
    }
    const receipt = await receipts.findByCode(code);
    return receipt === undefined
      ? ok({ verdict: 'unknown' })
      : ok({ verdict: 'valid', receipt: await checkedReceipt(receipt, refunds) });
  };
export type CheckReceiptDocument = ReturnType<typeof checkReceiptDocument>;

function changed(
  keptText: string,
  brought: Readonly<Record<string, unknown>>,
  { canonical }: ReceiptSigner,
): readonly string[] {
  const kept = JSON.parse(keptText) as Readonly<Record<keyof ReceiptContent, unknown>>;
  const of = (all: Readonly<Record<string, unknown>>, name: string) =>
    all[name] === undefined ? undefined : canonical(all[name]);
  return [...new Set([...Object.keys(kept), ...Object.keys(brought)])]
    .filter((name) => of(kept, name) !== of(brought, name))
    .toSorted();
}
