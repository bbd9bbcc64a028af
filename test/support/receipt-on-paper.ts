import type { Page } from 'playwright-core';
import { receiptWords } from '../../src/adapters/pdf/receipt-words.ts';
import type { Paper, ReceiptView } from '../../src/application/ports/receipt-printer.ts';
import type { Locale } from '../../src/domain/locale.ts';

/** What a person reads on the slip of a receipt's page. */
export interface SlipTexts {
  readonly company: string;
  /** Every paragraph outside the lists, in order. */
  readonly texts: readonly string[];
  /** What each line of the lists is called, and says. */
  readonly lines: readonly (readonly [label: string, value: string])[];
  /** The same of what a cash register told, with its heading; nothing where it told nothing. */
  readonly fiscal: { readonly heading: string; readonly lines: SlipTexts['lines'] };
}

/** Reads the slip as it is drawn, with the company's name in the page's head. */
export const slipTexts = (page: Page): Promise<SlipTexts> =>
  page.evaluate(() => {
    const textOf = (element: Element | null | undefined): string => element?.textContent ?? '';
    const slip = document.querySelector('article');
    const linesOf = (terms: readonly Element[]) =>
      terms.map((term) => [textOf(term), textOf(term.nextElementSibling)] as const);
    const all = (selector: string): Element[] => [...(slip?.querySelectorAll(selector) ?? [])];
    return {
      company: textOf(document.querySelector('header span')),
      texts: all('p').map(textOf),
      lines: linesOf(all(':scope > dl dt')),
      fiscal: {
        heading: textOf(slip?.querySelector(':scope section h3')),
        lines: linesOf(all(':scope section dt')),
      },
    };
  });

/** One thing a receipt says, as its paper writes it. */
export interface Said {
  readonly what: string;
  readonly text: string;
}

/** The labels of the page's lines, in each language, by what they are. */
const pageLabels = {
  ru: {
    payer: { payment: 'Плательщик', refund: 'Получатель' },
    account: 'Лицевой счёт',
    purpose: 'Назначение',
    method: 'Способ оплаты',
    rrn: 'RRN',
    authCode: 'Код авторизации',
    paidAt: { payment: 'Оплачено', refund: 'Возвращено' },
    fee: 'Комиссия',
    total: 'Списано',
    refunded: 'Возвращено',
    provider: 'Номер в платёжной системе',
    payment: 'Номер платежа',
  },
  en: {
    payer: { payment: 'Payer', refund: 'Paid to' },
    account: 'Account',
    purpose: 'Purpose',
    method: 'Payment method',
    rrn: 'RRN',
    authCode: 'Authorisation code',
    paidAt: { payment: 'Paid at', refund: 'Refunded at' },
    fee: 'Fee',
    total: 'Debited',
    refunded: 'Refunded',
    provider: 'Provider’s number',
    payment: 'Payment number',
  },
} as const satisfies Record<Locale, Record<string, string | Record<ReceiptView['kind'], string>>>;
type Line = keyof (typeof pageLabels)['ru'];

/**
 * All that the paper of a receipt has to say, in its order, with each value taken from the page. Only what the paper
 * writes in another way is written so: a moment without its seconds, a sum with the code of its currency in English.
 */
export function saidOnPage(
  { company, texts, lines, fiscal }: SlipTexts,
  kind: ReceiptView['kind'],
  locale: Locale,
  paper: Paper,
): readonly Said[] {
  const words = receiptWords[locale];
  const [payee = '', taxNumber = '', address = '', number = '', issued = '', status = ''] = texts;
  const [sum = '', inWords = ''] = texts.slice(6);
  const foot = texts.slice(texts.findIndex((text) => /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/.test(text)));
  const [code = '', url = '', support = '', notFiscal = '', note] = foot;
  const written = (text: string): string => asOnPaper(text, locale);
  const line = (name: Line): readonly string[] => {
    const label = pageLabels[locale][name];
    const wanted = typeof label === 'string' ? label : label[kind];
    return lines.filter(([one]) => one === wanted).map(([, value]) => value);
  };
  const labelled = (label: string, values: readonly string[]): Said[] =>
    values.map((value) => ({ what: label, text: `${label} ${value}` }));
  const system = line('provider').map((value) => value.split(' '));
  const total = kind === 'payment' ? line('total') : [];
  const register = fiscal.lines.map(([label, value]) => ({
    what: label,
    text: `${label}: ${value}`,
  }));
  const told =
    fiscal.lines.length === 0 ? [] : [{ what: 'fiscal', text: fiscal.heading }, ...register];
  const check = [
    { what: 'check', text: words.check },
    { what: 'code', text: code },
    { what: 'address of the check', text: url.replace(/^https?:\/\//, '') },
  ];
  return [
    { what: 'company', text: company },
    { what: 'payee', text: payee },
    { what: 'tax number', text: taxNumber },
    { what: 'address', text: address },
    { what: 'support', text: support },
    { what: 'heading', text: words.heading[kind] },
    { what: 'number', text: `${words.numberSign} ${/R-[\d-]+/.exec(number)?.[0] ?? ''}` },
    { what: 'issued', text: written(issued) },
    { what: 'status', text: status },
    { what: 'sum', text: written(sum) },
    { what: 'sum in words', text: inWords },
    ...labelled(words.payer[kind], line('payer')),
    ...labelled(words.account, line('account')),
    ...labelled(words.purpose[kind], line('purpose')),
    ...labelled(words.method, line('method')),
    ...labelled(words.rrn, line('rrn')),
    ...labelled(words.authCode, line('authCode')),
    ...labelled(words.paidAt[kind], line('paidAt').map(written)),
    ...labelled(words.fee, line('fee').map(written)),
    // The page says it only where it is not the sum above.
    ...labelled(words.total[kind], (total.length === 0 ? [sum] : total).map(written)),
    ...labelled(
      words.provider,
      system.map(([name = '']) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`),
    ),
    ...labelled(
      words.providerPayment,
      system.map(([, ...reference]) => reference.join(' ')),
    ),
    ...labelled(words.payment, line('payment')),
    ...(kind === 'refund'
      ? []
      : labelled(
          words.refunded,
          line('refunded').map((value) => refundOnPaper(value, locale)),
        )),
    ...(paper === 'roll' ? [...told, ...check] : [...check, ...told]),
    { what: 'no fiscal receipt', text: notFiscal },
    { what: 'valid without a signature', text: words.notes[1] ?? '' },
    ...(note === undefined || paper === 'roll'
      ? []
      : [{ what: 'the company’s own text', text: note }]),
  ];
}

const moment = /(.+?\d{4}(?: г\.)?)(?:,| в| at)? (\d\d:\d\d):\d\d (?:GMT|UTC)([+−-]\d+(?::\d+)?)?/;

function asOnPaper(text: string, locale: Locale): string {
  const plain = text.replaceAll(/[\u00A0\u202F]/g, ' ');
  const when = plain.replace(moment, (_, day: string, time: string, zone = '+0') => {
    return `${day}, ${time} (UTC${String(zone)})`;
  });
  return locale === 'en' ? when.replace(/₽(?=\d)/, 'RUB ') : when;
}

/** The page parts sum, moment and number of a refund by spaces, the paper by commas. */
function refundOnPaper(value: string, locale: Locale): string {
  const [, rest = '', number = ''] = /^(.*) (R-[\d-]+)$/.exec(value.trim()) ?? [];
  const [, sum = '', when = ''] =
    /^(.*?(?:₽|\.\d\d)) (.*)$/.exec(rest.replaceAll('\u00A0', ' ')) ?? [];
  return `${asOnPaper(sum, locale)}, ${asOnPaper(when, locale)}, ${number}`;
}

/** Without what is no difference between page and paper: white space and capitals. */
export const bare = (text: string): string => text.replaceAll(/\s+/g, '').toLocaleUpperCase('ru');

/**
 * What differs between the two, in a sentence; undefined where the paper says all of it in this order and nothing
 * else. Where lines break, and whether a status is in capitals, is no difference.
 */
export function differenceOnPaper(said: readonly Said[], paper: string): string | undefined {
  let rest = bare(paper);
  for (const { what, text } of said) {
    const wanted = bare(text);
    if (wanted === '') return `the page does not say: ${what}`;
    if (!rest.startsWith(wanted)) {
      return `${what}: the page says ${wanted}, the paper ${rest.slice(0, wanted.length + 20)}`;
    }
    rest = rest.slice(wanted.length);
  }
  return rest === '' ? undefined : `only the paper says ${rest}`;
}
