import type { Currency } from '../currency.ts';
import { invariant } from '../invariant.ts';
import type { LedgerAccountId, Side } from './entry.ts';

export type AccountType = 'asset' | 'liability' | 'equity' | 'income' | 'expense';
/** The side an account's balance may not fall to; `none` where both are right. */
export type Floor = 'none' | 'no-credit-balance' | 'no-debit-balance';

/** What accounts of a kind have in common. */
export interface AccountKind {
  readonly type: AccountType;
  /** Its place in the Russian chart of accounts. */
  readonly russian: string;
  /** What there is one account of this kind for. */
  readonly per: 'account' | 'provider' | 'currency';
  readonly floor: Floor;
}

/** Every kind of account there is. The first word of an account's name is its kind. */
export const accountKinds = {
  /** Debt for what was charged. */
  receivable: { type: 'asset', russian: '62.01', per: 'account', floor: 'no-credit-balance' },
  /** Money paid before it was owed. */
  prepayment: { type: 'liability', russian: '62.02', per: 'account', floor: 'no-debit-balance' },
  /** Refunds promised and not yet made by the provider. */
  'refunds-payable': {
    type: 'liability',
    russian: '76',
    per: 'account',
    floor: 'no-debit-balance',
  },
  /** What books older than the split of debt and prepayment called both; emptied when they were split. */
  customer: { type: 'asset', russian: '62', per: 'account', floor: 'none' },
  /** Captured at a provider, not yet in the bank. */
  clearing: { type: 'asset', russian: '57.03', per: 'provider', floor: 'none' },
  /** Withheld by a provider for a time. */
  reserve: { type: 'asset', russian: '76', per: 'provider', floor: 'no-credit-balance' },
  /** Taken by a chargeback that nobody has decided yet. */
  disputed: { type: 'asset', russian: '76', per: 'provider', floor: 'no-credit-balance' },
  bank: { type: 'asset', russian: '51', per: 'currency', floor: 'none' },
  /** Received, owner unknown: ours to explain until it is empty again. */
  suspense: { type: 'liability', russian: '76', per: 'provider', floor: 'no-debit-balance' },
  income: { type: 'income', russian: '90.01', per: 'currency', floor: 'none' },
  /** What payers pay on top for using a method. */
  surcharge: { type: 'income', russian: '91.01', per: 'currency', floor: 'none' },
  /** What providers keep for their work. */
  fees: { type: 'expense', russian: '91.02', per: 'provider', floor: 'none' },
  'chargeback-losses': { type: 'expense', russian: '91.02', per: 'provider', floor: 'none' },
  /** Rounding, and differences that people have let pass. */
  differences: { type: 'expense', russian: '91.02', per: 'provider', floor: 'none' },
  /** Stands between two currencies, so that each balances in itself. */
  exchange: { type: 'equity', russian: '57', per: 'currency', floor: 'none' },
  /** Balances that were brought along when the books began. */
  opening: { type: 'equity', russian: '000', per: 'currency', floor: 'none' },
} as const satisfies Readonly<Record<string, AccountKind>>;

export type AccountKindName = keyof typeof accountKinds;

/** The side on which an account of this type grows. */
export const normalSide = (type: AccountType): Side =>
  type === 'asset' || type === 'expense' ? 'debit' : 'credit';

const isKind = (text: string): text is AccountKindName => Object.hasOwn(accountKinds, text);

/** The kind of an account, by the first word of its name; undefined when the chart has no such kind. */
export function findKind(account: string): AccountKindName | undefined {
  const [name = ''] = account.split(':', 1);
  return isKind(name) ? name : undefined;
}

/** The kind of an account that a rule of ours has named. */
export function kindOf(account: LedgerAccountId): AccountKindName {
  const kind = findKind(account);
  invariant(kind !== undefined, `the chart of accounts has no kind for ${account}`);
  return kind;
}

const named = (kind: AccountKindName, ...rest: readonly string[]): LedgerAccountId =>
  [kind, ...rest].join(':') as LedgerAccountId;

/** An account of one customer's account; its currency is that of the customer's account. */
export const ofAccount = (
  kind: 'receivable' | 'prepayment' | 'refunds-payable',
  accountNumber: string,
): LedgerAccountId => named(kind, accountNumber);

/** Everything the ledger keeps of one customer's account. */
export const customersAccounts = (accountNumber: string): readonly LedgerAccountId[] => [
  ofAccount('receivable', accountNumber),
  ofAccount('prepayment', accountNumber),
  ofAccount('refunds-payable', accountNumber),
];

/** An account kept for one provider and currency. */
export const ofProvider = (
  kind:
    'clearing' | 'reserve' | 'disputed' | 'suspense' | 'fees' | 'chargeback-losses' | 'differences',
  provider: string,
  currency: Currency,
): LedgerAccountId => named(kind, provider, currency);

/** An account of the company's own; `of` tells several apart: a bank account, a service. */
export const ofCompany = (
  kind: 'bank' | 'income' | 'surcharge' | 'differences' | 'exchange' | 'opening',
  currency: Currency,
  of?: string,
): LedgerAccountId => named(kind, ...(of === undefined ? [] : [of]), currency);
