import type { ReceiptPrinter } from '../../application/ports/receipt-printer.ts';
import type { ShowReceipt } from '../../application/receipts/show-receipt.ts';
import type { VerifyReceipt } from '../../application/receipts/verify-receipt.ts';
import type { PaymentId } from '../../domain/ids.ts';
import { isLocale } from '../../domain/locale.ts';
import { isoText } from '../../domain/time.ts';
import { idParam } from './account-routes.ts';
import { routes } from './contract/routes.ts';
import type { ReceiptCheckJson } from './contract/receipt-json.ts';
import { refusalProblem } from './refusal-status.ts';
import type { RouteRegistry } from './route-registry.ts';
import { toMoneyJson, toReceiptJson } from './to-json.ts';

export interface ReceiptRoutesNeed {
  readonly showReceipt: ShowReceipt;
  readonly verifyReceipt: VerifyReceipt;
  readonly printer: ReceiptPrinter;
  readonly payee: string;
}

/** Receipts for their owner, and the public check of a printed one. */
export function addReceiptRoutes(registry: RouteRegistry, need: ReceiptRoutesNeed): void {
  registry.add(routes.receipt, async ({ signedIn, params }) => {
    const answer = await need.showReceipt(idParam(params) as PaymentId, signedIn.customer);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    return toReceiptJson(answer.value);
  });

  registry.add(routes.receiptPdf, async ({ ctx, signedIn, params }) => {
    const answer = await need.showReceipt(idParam(params) as PaymentId, signedIn.customer);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    const asked = typeof ctx.query.locale === 'string' ? ctx.query.locale : '';
    const locale = isLocale(asked) ? asked : signedIn.customer.locale;
    const pdf = await need.printer.print(answer.value, locale);
    ctx.type = 'application/pdf';
    ctx.set('Content-Disposition', `inline; filename="${answer.value.number}.pdf"`);
    return Buffer.from(pdf);
  });

  registry.add(routes.verifyReceipt, async ({ ctx, params }) => {
    const answer = await need.verifyReceipt((params.code ?? '').slice(0, 40), ctx.ip);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    const { number, issuedAt, paidAt, amount, account } = answer.value;
    ctx.set('X-Robots-Tag', 'noindex');
    const check: ReceiptCheckJson = {
      number,
      issuedAt: isoText(issuedAt),
      paidAt: isoText(paidAt),
      amount: toMoneyJson(amount),
      payee: need.payee,
      account,
      status: 'paid',
    };
    return check;
  });
}
