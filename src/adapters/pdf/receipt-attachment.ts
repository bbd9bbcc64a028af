import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Money } from '../../domain/money.ts';
import { isoText } from '../../domain/time.ts';

/**
 * The receipt for machines, attached to the PDF: what is printed and nothing more. Sorted names, no spaces, so the
 * same receipt is the same text (RFC 8785, for the texts and lists used here).
 */
export function receiptAttachment(view: ReceiptView): string {
  return sortedJson({
    v: 1,
    number: view.number,
    code: view.code,
    verifyUrl: view.verifyUrl,
    issuedAt: isoText(view.issuedAt),
    paidAt: isoText(view.paidAt),
    status: 'paid',
    payee: { name: view.company.legalName, taxNumber: view.company.taxNumber },
    payer: { name: view.payer.name, contract: view.payer.contract },
    account: view.accountNumber,
    amount: moneyJson(view.amount),
    fee: moneyJson(view.fee),
    total: moneyJson(view.total),
    provider: view.provider,
    providerPaymentId: view.providerPaymentId,
    paymentId: view.paymentId,
  });
}

const moneyJson = ({ minor, currency }: Money) => ({ minor: minor.toString(), currency });

type Json = string | number | { readonly [name: string]: Json };

function sortedJson(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'));
  if (typeof value === 'number') return String(value);
  const members = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${sortedJson(member)}`);
  return `{${members.join(',')}}`;
}
