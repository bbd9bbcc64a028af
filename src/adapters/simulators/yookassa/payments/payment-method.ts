import type { MethodType } from './method-terms.ts';

/** A card, wallet or bank account money was taken from; shared by all payments it is charged for. */
export interface PaymentMethod {
  readonly id: string;
  readonly type: MethodType;
  readonly title: string;
  /** The fields only this kind of method has. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Whether the shop may charge it again without its payer. */
  saved: boolean;
  /** Whether the payer has taken that back. */
  isRevoked: boolean;
  /** Whether there is no money behind it just now. */
  isDry: boolean;
}

interface Kind {
  readonly title: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export const WALLET_NUMBER = '410011758831136';

/** Mir cards from the table of test cards; a shop never sees more of them than this. */
const card = (last4: string): Kind => ({
  title: `Bank card *${last4}`,
  details: {
    card: {
      first6: '220000',
      last4,
      expiry_month: '12',
      expiry_year: '2030',
      card_type: 'Mir',
      issuer_country: 'RU',
      issuer_name: 'Simulated Bank',
    },
  },
});
const kinds: Readonly<Record<Exclude<MethodType, 'bank_card'>, Kind>> = {
  yoo_money: {
    title: `YooMoney wallet ${WALLET_NUMBER}`,
    details: { account_number: WALLET_NUMBER },
  },
  sbp: { title: 'SBP', details: { sbp_operation_id: '1027088AE4CB48CB81287833347A8777' } },
  sberbank: { title: 'SberPay', details: {} },
  tinkoff_bank: { title: 'T-Pay', details: {} },
};

/** The method a payer has used; it carries the id of the payment it was used for first. */
export function usedMethod(id: string, type: MethodType, has3ds: boolean): PaymentMethod {
  const kind = type === 'bank_card' ? card(has3ds ? '0004' : '2987') : kinds[type];
  return { id, type, ...kind, saved: false, isRevoked: false, isDry: false };
}
