import type { Context } from 'koa';
import type {
  Paper,
  ReceiptPrinter,
  ReceiptView,
} from '../../application/ports/receipt-printer.ts';
import type { ReceiptSigner } from '../../application/ports/receipt-signer.ts';
import type { CheckReceiptDocument } from '../../application/receipts/check-receipt-document.ts';
import type { ShowReceipt, ShowRefundReceipt } from '../../application/receipts/show-receipt.ts';
import type { VerifyReceipt } from '../../application/receipts/verify-receipt.ts';
import type { PaymentId, RefundId } from '../../domain/ids.ts';
import { isLocale } from '../../domain/locale.ts';
import { idParam } from './account-routes.ts';
import type { ReceiptJson } from './contract/receipt-json.ts';
import { routes } from './contract/routes.ts';
import { toCheckJson, toDocumentCheckJson, toReceiptJson, type Issuer } from './receipt-to-json.ts';
import { refusalProblem } from './refusal-status.ts';
import type { RouteRegistry, SignedIn } from './route-registry.ts';

export interface ReceiptRoutesNeed {
  readonly showReceipt: ShowReceipt;
  readonly showRefundReceipt: ShowRefundReceipt;
  readonly verifyReceipt: VerifyReceipt;
  readonly checkReceiptDocument: CheckReceiptDocument;
  readonly receiptSigner: ReceiptSigner;
  readonly printer: ReceiptPrinter;
  readonly qrPicture: (text: string) => ReceiptJson['qr'];
  readonly issuer: Issuer;
}

interface Asked {
  readonly ctx: Context;
  readonly params: Readonly<Record<string, string>>;
  readonly signedIn: SignedIn;
}

/** Receipts for their owner, and the public check of a printed one. */
export function addReceiptRoutes(registry: RouteRegistry, need: ReceiptRoutesNeed): void {
  const ofPayment = ({ params, signedIn }: Asked) =>
    need.showReceipt(idParam(params) as PaymentId, signedIn.customer).then(shownOr404);
  const ofRefund = ({ params, signedIn }: Asked) =>
    need.showRefundReceipt(idParam(params) as RefundId, signedIn.customer).then(shownOr404);
  const asJson = (view: ReceiptView) => toReceiptJson(view, need.qrPicture);
  const asPdf = async (
    view: ReceiptView,
    { ctx, signedIn }: Asked,
    query: { readonly locale?: string | undefined; readonly paper: Paper },
  ) => {
    const asked = query.locale ?? '';
    const locale = isLocale(asked) ? asked : signedIn.customer.locale;
    const pdf = await need.printer.print(view, locale, query.paper);
    ctx.type = 'application/pdf';
    ctx.set(
      'Content-Disposition',
      `inline; filename="${view.number}${query.paper === 'roll' ? '-80mm' : ''}.pdf"`,
    );
    return Buffer.from(pdf);
  };
  const asFile = (view: ReceiptView, { ctx }: Asked) => {
    ctx.type = 'application/json';
    ctx.set('Content-Disposition', `attachment; filename="${view.number}.json"`);
    return view.document;
  };

  registry.add(routes.receipt, async (asked) => asJson(await ofPayment(asked)));
  registry.add(routes.receiptPdf, async (asked) =>
    asPdf(await ofPayment(asked), asked, asked.query),
  );
  registry.add(routes.receiptFile, async (asked) => asFile(await ofPayment(asked), asked));
  registry.add(routes.refundReceipt, async (asked) => asJson(await ofRefund(asked)));
  registry.add(routes.refundReceiptPdf, async (asked) =>
    asPdf(await ofRefund(asked), asked, asked.query),
  );
  registry.add(routes.refundReceiptFile, async (asked) => asFile(await ofRefund(asked), asked));
  addPublicChecks(registry, need);
}

function shownOr404(answer: Awaited<ReturnType<ShowReceipt>>): ReceiptView {
  if (!answer.ok) throw refusalProblem(answer.refusal);
  return answer.value;
}

function addPublicChecks(registry: RouteRegistry, need: ReceiptRoutesNeed): void {
  registry.add(routes.verifyReceipt, async ({ ctx, params, query }) => {
    const asked = { code: (params.code ?? '').slice(0, 40), seal: query.seal };
    const answer = await need.verifyReceipt(asked, ctx.ip);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    ctx.set('X-Robots-Tag', 'noindex');
    return { ...toCheckJson(answer.value, need.issuer), seal: answer.value.seal };
  });

  registry.add(routes.checkReceiptFile, async ({ ctx, body }) => {
    const { content, key, signature } = body;
    const answer = await need.checkReceiptDocument({ content, kid: key.kid, signature }, ctx.ip);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    return toDocumentCheckJson(answer.value, need.issuer);
  });

  registry.add(routes.receiptKeys, async () => ({ keys: await need.receiptSigner.keys() }));
}
