import type { Currency } from '../currency.ts';
import type { LedgerAccountId } from './entry.ts';

/** Money received whose owner nobody knows yet. It is ours to explain until the account is empty again. */
export const suspenseAccount = (provider: string, currency: Currency): LedgerAccountId =>
  `suspense:${provider}:${currency}` as LedgerAccountId;
