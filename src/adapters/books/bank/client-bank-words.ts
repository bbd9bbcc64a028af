/**
 * Words of the text exchange between 1C and banks, `1CClientBankExchange` 1.03: keys of its sections, and how long
 * their values may be.
 */
export const firstLine = '1CClientBankExchange';
export const lastLine = 'КонецФайла';
export const version = '1.03';
export const account = { begin: 'СекцияРасчСчет', end: 'КонецРасчСчет' } as const;
export const document = { begin: 'СекцияДокумент', end: 'КонецДокумента' } as const;
export const paymentOrder = 'Платежное поручение';

/** The keys of one side of a document. */
const side = (name: 'Плательщик' | 'Получатель') =>
  ({
    account: `${name}Счет`,
    name,
    taxNumber: `${name}ИНН`,
    nameLine: `${name}1`,
    atBank: `${name}РасчСчет`,
    bank: `${name}Банк1`,
    bic: `${name}БИК`,
    correspondentAccount: `${name}Корсчет`,
  }) as const;
export const payer = side('Плательщик');
export const payee = side('Получатель');

const mostLong: Readonly<Record<string, number>> = {
  [payer.account]: 34,
  [payee.account]: 34,
  [payer.taxNumber]: 12,
  [payee.taxNumber]: 12,
  [payer.bic]: 11,
  [payee.bic]: 11,
};
/** No key allows more; the longest text is a purpose. */
const mostOfAny = 1_000;
export const longestOf = (key: string): number => mostLong[key] ?? mostOfAny;

/** Currencies by the three digits in the middle of an account's number; 810 is the rouble before 1998. */
export const currencyByDigits = {
  '810': 'RUB',
  '643': 'RUB',
  '840': 'USD',
  '978': 'EUR',
  '398': 'KZT',
  '392': 'JPY',
  '414': 'KWD',
} as const;
