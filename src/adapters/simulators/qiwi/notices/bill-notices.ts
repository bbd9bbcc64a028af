import { randomUUID } from 'node:crypto';
import type { Notice, Notifier } from '../../notifier.ts';
import { shortText } from '../bill-amount.ts';
import { timeText } from '../bill-time.ts';
import { billFields } from '../bill.ts';
import type { Bill, BillFields } from '../bill.ts';
import { forged, signedValues } from './forgery.ts';
import type { Forgery, SignedBill } from './forgery.ts';
import { noticeSignature } from './notice-signature.ts';

/**
 * How a true notification is written. The sum: text with decimals, a number, text without needless decimals, or that
 * also signed as it stands; `older-edition`: another version, and another name for the moment of the change.
 */
export const noticeManners = [
  'text-value',
  'number-value',
  'short-value',
  'raw-signed',
  'older-edition',
] as const;
export type NoticeManner = (typeof noticeManners)[number];

/** The site at QIWI the bills are written out for. */
export interface Site {
  readonly siteId: string;
  readonly secretKey: string;
  /** Which changes the shop hears of. */
  readonly tells: 'every-change' | 'paid-only';
}

/** Writes what the shop is told of its bills. */
export class BillNotices {
  readonly notifier: Notifier;
  readonly site: Site;

  constructor(notifier: Notifier, site: Site) {
    this.notifier = notifier;
    this.site = site;
  }

  of(bill: Bill, manner: NoticeManner = 'text-value'): Notice[] {
    const { siteId, secretKey, tells } = this.site;
    if (tells === 'paid-only' && bill.status !== 'PAID') return [];
    const signed = inManner(bill, billFields(bill, siteId), secretKey, manner);
    return [noticeOf(bill, signed, manner === 'older-edition' ? '3' : '1', true)];
  }

  /** A bad notification that says the bill is paid. */
  forged(bill: Bill, forgery: Forgery, amountMinor: number): Notice {
    const { siteId, secretKey } = this.site;
    const claimed = billFields({ ...bill, status: 'PAID', amountMinor }, siteId);
    return noticeOf(bill, forged(claimed, secretKey, forgery), '1', false);
  }
}

function inManner(
  bill: Bill,
  fields: BillFields,
  secretKey: string,
  manner: NoticeManner,
): SignedBill {
  const signature = noticeSignature(signedValues(fields), secretKey);
  const short = shortText(bill.amountMinor);
  const withValue = (value: string | number): BillFields => ({
    ...fields,
    amount: { ...fields.amount, value },
  });
  switch (manner) {
    case 'text-value':
      return { bill: fields, signature };
    case 'number-value':
      return { bill: withValue(Number(short)), signature };
    case 'short-value':
      return { bill: withValue(short), signature };
    case 'raw-signed': {
      const raw = withValue(short);
      return { bill: raw, signature: noticeSignature(signedValues(raw), secretKey) };
    }
    case 'older-edition': {
      const status = { value: bill.status, datetime: timeText(bill.changedAt) };
      return { bill: { ...fields, status }, signature };
    }
  }
}

function noticeOf(
  { id: paymentId }: Bill,
  { bill, signature }: SignedBill,
  version: string,
  repeats: boolean,
): Notice {
  const body = JSON.stringify({ bill, version });
  const headers = {
    'content-type': 'application/json',
    ...(signature === undefined ? {} : { 'x-api-signature-sha256': signature }),
  };
  const kind = bill.status.value;
  return { id: randomUUID(), paymentId, kind, repeats, write: () => ({ headers, body }) };
}
