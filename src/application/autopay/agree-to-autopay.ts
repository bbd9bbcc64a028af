import { agreeToAutoPay as agree, type AutoPay } from '../../domain/autopay.ts';
import type { AccountId, ConsentId, CustomerId, SavedMethodId } from '../../domain/ids.ts';
import type { Locale } from '../../domain/locale.ts';
import { isPositive, type Money } from '../../domain/money.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { AutoPayStore } from '../ports/autopay-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { SavedMethodStore } from '../ports/saved-method-store.ts';
import { consentWords } from './autopay-texts.ts';

export interface AutoPayRequest {
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly savedMethod: SavedMethodId;
  readonly limit: Money;
  readonly dayOfMonth: number;
}
export type AutoPayRefusal =
  | { readonly reason: 'account-unknown' }
  | { readonly reason: 'saved-method-unknown' }
  | { readonly reason: 'wrong-currency' }
  | { readonly reason: 'amount-not-positive' };

/** Where what is agreed to is looked up. */
export interface AutoPayPlaces {
  readonly autopays: AutoPayStore;
  readonly accounts: AccountStore;
  readonly saved: SavedMethodStore;
}

/** The words a customer would agree to, for the page to show. */
export const showAutoPayConsent =
  ({ accounts, saved }: AutoPayPlaces, company: string) =>
  async (request: AutoPayRequest, locale: Locale): Promise<Result<string, AutoPayRefusal>> => {
    const { customerId, limit, dayOfMonth } = request;
    const account = await accounts.find(request.accountId, customerId);
    if (account === undefined) return refused({ reason: 'account-unknown' });
    const found = await saved.find(request.savedMethod, customerId);
    if (found === undefined) return refused({ reason: 'saved-method-unknown' });
    if (limit.currency !== account.balance.currency) return refused({ reason: 'wrong-currency' });
    if (!isPositive(limit)) return refused({ reason: 'amount-not-positive' });
    const { title } = found.method;
    const terms = { company, accountNumber: account.number, title, limit, dayOfMonth };
    return ok(consentWords(locale, terms));
  };
export type ShowAutoPayConsent = ReturnType<typeof showAutoPayConsent>;

/**
 * Turns auto-pay on, or changes it. The words agreed to have to be those we show for this very request: what is kept is
 * what was read.
 */
export const agreeToAutoPay =
  (
    places: AutoPayPlaces,
    show: ShowAutoPayConsent,
    timeZone: string,
    randomness: Randomness,
    clock: Clock,
  ) =>
  async (
    request: AutoPayRequest,
    words: string,
  ): Promise<Result<AutoPay, AutoPayRefusal | { readonly reason: 'consent-outdated' }>> => {
    const [ru, en] = await Promise.all([show(request, 'ru'), show(request, 'en')]);
    if (!ru.ok) return ru;
    if (!en.ok) return en;
    if (words !== ru.value && words !== en.value) return refused({ reason: 'consent-outdated' });
    const consentId = randomness.id() as ConsentId;
    const now = clock.now();
    const autopay = agree({ ...request, consentId }, timeZone, now);
    await places.autopays.agree(autopay, words, now);
    return ok(autopay);
  };
export type AgreeToAutoPay = ReturnType<typeof agreeToAutoPay>;
