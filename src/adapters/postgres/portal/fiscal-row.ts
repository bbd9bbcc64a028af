import { z } from 'zod';
import { fiscalData, type FiscalData } from '../../../domain/fiscal/fiscal-facts.ts';
import { fiscalOperations } from '../../../domain/fiscal/fiscal-qr.ts';
import type { FiscalOrder, FiscalReceipt } from '../../../domain/fiscal/fiscal-order.ts';
import type { CustomerId, PaymentId } from '../../../domain/ids.ts';
import { invariant } from '../../../domain/invariant.ts';
import { money } from '../../../domain/money.ts';

export interface FiscalRow {
  readonly key: string;
  readonly kind: FiscalOrder['kind'];
  readonly payment_id: string;
  readonly customer_id: string;
  readonly total_minor: bigint;
  readonly attempts: number;
  readonly state: 'pending' | 'registered' | 'refused';
  readonly why: string | null;
  readonly data: unknown;
}
export interface FiscalOrderRow extends FiscalRow {
  readonly account_number: string;
  readonly contact: string;
}

export const toFiscalOrder = (row: FiscalOrderRow): FiscalOrder => ({
  key: row.key as FiscalOrder['key'],
  kind: row.kind,
  paymentId: row.payment_id as PaymentId,
  customerId: row.customer_id as CustomerId,
  total: money(row.total_minor, 'RUB'),
  accountNumber: row.account_number,
  contact: row.contact,
});

export function toFiscalReceipt(row: FiscalRow): FiscalReceipt {
  const name = { key: row.key as FiscalReceipt['key'], kind: row.kind };
  switch (row.state) {
    case 'pending':
      return { ...name, tag: 'pending' };
    case 'refused':
      return { ...name, tag: 'refused', why: row.why ?? '' };
    case 'registered':
      return { ...name, tag: 'registered', data: fromDocument(row.data) };
  }
}

const document = z.object({
  operation: z.literal(fiscalOperations),
  at: z.string(),
  total: z.string().transform((minor) => money(BigInt(minor), 'RUB')),
  seller: z.string(),
  sellerTaxNumber: z.string(),
  taxSystem: z.number(),
  place: z.string(),
  register: z.string(),
  drive: z.string(),
  document: z.string(),
  sign: z.string(),
  shift: z.number(),
  numberInShift: z.number(),
  taxSite: z.string(),
  qr: z.string().optional(),
});

/** As JSON, which has no whole numbers of any size. */
export const toDocument = (data: FiscalData): string =>
  JSON.stringify({ ...data, total: data.total.minor.toString() });

function fromDocument(kept: unknown): FiscalData {
  const { qr, ...told } = document.parse(kept);
  const data = fiscalData({ ...told, qr });
  invariant(data.ok, 'fiscal data were good when they were kept');
  return data.value;
}
