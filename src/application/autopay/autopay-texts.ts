import type { AutoPayEnd } from '../../domain/autopay.ts';
import type { Locale } from '../../domain/locale.ts';
import type { Money } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { amountText } from '../amount-text.ts';

/** What a customer agrees to, as the page shows it and as it is kept. */
export interface AutoPayTerms {
  readonly company: string;
  readonly accountNumber: string;
  /** Words to tell the method by. */
  readonly title: string;
  readonly limit: Money;
  readonly dayOfMonth: number;
}

/** The words a customer agrees to. */
export function consentWords(locale: Locale, terms: AutoPayTerms): string {
  const { company, accountNumber, title, dayOfMonth } = terms;
  const limit = amountText(terms.limit, locale);
  const day = String(dayOfMonth);
  return locale === 'ru'
    ? `Я разрешаю компании «${company}» раз в месяц, около полудня ${day}-го числа, списывать с «${title}» сумму ` +
        `долга по лицевому счёту ${accountNumber}, но не больше ${limit} за раз вместе с комиссией. О каждом списании ` +
        'мне сообщат по SMS не позже чем за двое суток. Отключить автоплатёж можно в любой момент в личном кабинете.'
    : `I allow ${company} to take the debt of account ${accountNumber} from “${title}” once a month, about noon on ` +
        `day ${day}, and no more than ${limit} at a time, fee included. I am told of every charge by SMS at least two ` +
        'days before it. I can turn auto-pay off at any time in my personal area.';
}

/** What the texts about one round are made of. */
export interface RoundWords {
  readonly amount: Money;
  readonly accountNumber: string;
  readonly chargeAt: Instant;
  readonly limit: Money;
  readonly timeZone: string;
  /** Our own name, without the scheme. */
  readonly host: string;
}

/** Tells of a charge before it is made. */
export function noticeText(locale: Locale, words: RoundWords): string {
  const { amount, accountNumber, chargeAt, timeZone, host } = words;
  const day = new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone,
  }).format(chargeAt);
  const sum = amountText(amount, locale);
  const account = shortNumber(accountNumber);
  return locale === 'ru'
    ? `Автоплатёж: ${day} спишем ${sum}, л/с ${account}. Отключить: ${host}/autopay`
    : `Auto-pay: on ${day} we take ${sum}, account ${account}. Turn off: ${host}/autopay`;
}

/** Tells how a round ended; undefined where there is nothing to tell. */
export function endText(locale: Locale, end: AutoPayEnd, words: RoundWords): string | undefined {
  const { accountNumber, limit, host } = words;
  const sum = amountText(words.amount, locale);
  const most = amountText(limit, locale);
  const account = shortNumber(accountNumber);
  const isRu = locale === 'ru';
  switch (end) {
    case 'nothing-due':
      return undefined;
    case 'paid':
      return isRu
        ? `Автоплатёж: оплачено ${sum}, л/с ${account}. Чек: ${host}`
        : `Auto-pay: paid ${sum}, account ${account}. Receipt: ${host}`;
    case 'declined':
      return isRu
        ? `Автоплатёж ${sum}, л/с ${account}, не прошёл, деньги не списаны. Оплатите: ${host}/pay`
        : `Auto-pay of ${sum}, account ${account}, failed, nothing was taken. Pay: ${host}/pay`;
    case 'over-limit':
      return isRu
        ? `К оплате ${sum}, л/с ${account}: больше предела ${most}, автоплатежа не будет. Оплатите: ${host}/pay`
        : `Due ${sum}, account ${account}: above your limit ${most}, no auto-pay. Pay: ${host}/pay`;
  }
}

/** Enough of the number to tell accounts apart. */
const shortNumber = (number: string): string => `…${number.slice(-4)}`;
