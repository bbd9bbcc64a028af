import { declineWords, ofCardsOnly } from '../payments/declines.ts';
import type { DeclineWord } from '../payments/declines.ts';
import { isWithinLimits, methodTerms } from '../payments/method-terms.ts';
import type { MethodType } from '../payments/method-terms.ts';
import type { Payment } from '../payments/payment.ts';
import type { ShopTerms } from '../shop-terms.ts';

/** What a payer can pay with, by the name its button sends. */
export const waysToPay = {
  'card-3ds': { type: 'bank_card', has3ds: true },
  card: { type: 'bank_card', has3ds: false },
  wallet: { type: 'yoo_money', has3ds: false },
  sbp: { type: 'sbp', has3ds: false },
  sberpay: { type: 'sberbank', has3ds: false },
  't-pay': { type: 'tinkoff_bank', has3ds: false },
} as const satisfies Record<string, { readonly type: MethodType; readonly has3ds: boolean }>;
export type WayToPay = keyof typeof waysToPay;

/** Ways off the page that decide nothing yet. */
export const waysOff = ['later', 'close', 'leave'] as const;
export type WayOff = (typeof waysOff)[number];

export type PayerChoice = WayToPay | DeclineWord | WayOff;

/** The ways to pay that are open for this payment: the shop’s own choice, its limits, and what can be held. */
export function openWays({ wish }: Payment, terms: ShopTerms): WayToPay[] {
  const { methodType, amountMinor, currency, capture, enforces3ds } = wish;
  return (Object.keys(waysToPay) as WayToPay[]).filter((way) => {
    const { type } = waysToPay[way];
    if (enforces3ds && way === 'card') return false;
    if (methodType !== undefined && methodType !== type) return false;
    if (!capture && !methodTerms[type].holds) return false;
    return terms.methods.includes(type) && isWithinLimits(type, amountMinor, currency);
  });
}

/** The ways in which this payment can be declined. */
export function openDeclines({ wish }: Payment): DeclineWord[] {
  const isCard = wish.methodType === undefined || wish.methodType === 'bank_card';
  return declineWords.filter((word) => isCard || !ofCardsOnly.includes(word));
}
