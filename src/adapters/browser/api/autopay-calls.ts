import { queryOptions } from '@tanstack/react-query';
import type {
  AutoPayJson,
  AutoPayRequestJson,
  ConsentJson,
  SavedMethodJson,
} from '../../http/contract/autopay-json.ts';
import type { Locale } from '../i18n/locale.ts';
import { call } from './call.ts';
import { paths, pathWith } from './paths.ts';

export const savedMethodsQuery = queryOptions({
  queryKey: ['saved-methods'],
  queryFn: ({ signal }) =>
    call<{ readonly items: readonly SavedMethodJson[] }>('GET', paths.savedMethods, { signal }),
});

export const autoPaysQuery = queryOptions({
  queryKey: ['autopay'],
  queryFn: ({ signal }) =>
    call<{ readonly items: readonly AutoPayJson[] }>('GET', paths.autoPays, { signal }),
});

/** What a customer wants of auto-pay, before the words are agreed to. */
export type AutoPayWish = Omit<AutoPayRequestJson, 'words'>;

/** The words to agree to for these settings, in the language of the page. */
export const consentQuery = (wish: AutoPayWish, locale: Locale) =>
  queryOptions({
    queryKey: ['autopay-consent', wish, locale],
    queryFn: ({ signal }) => {
      const { accountId, savedMethod, limit, dayOfMonth } = wish;
      const query = { accountId, savedMethod, limit: limit.minor, dayOfMonth: String(dayOfMonth) };
      const path = pathWith(paths.autoPayConsent, {}, { ...query, locale });
      return call<ConsentJson>('GET', path, { signal });
    },
    staleTime: 5 * 60_000,
  });

export const agreeToAutoPay = (body: AutoPayRequestJson): Promise<AutoPayJson> =>
  call('POST', paths.agreeToAutoPay, { body });

export const stopAutoPay = (accountId: string): Promise<unknown> =>
  call('DELETE', pathWith(paths.stopAutoPay, { id: accountId }));

export const forgetMethod = (id: string): Promise<unknown> =>
  call('DELETE', pathWith(paths.forgetMethod, { id }));
