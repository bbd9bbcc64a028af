import type { FiscalData } from '../../domain/fiscal/fiscal-facts.ts';
import type { Locale, Texts } from '../../domain/locale.ts';
import { amountText } from '../amount-text.ts';

/** A line of the block with fiscal data. */
export interface FiscalLine {
  /** Of the format of fiscal documents, 1.2. */
  readonly tag: number;
  readonly label: string;
  readonly value: string;
}

/** What the block is called. */
export const fiscalHeading: Texts = { ru: 'Фискальные данные', en: 'Fiscal data' };

const operations: Readonly<Record<FiscalData['operation'], Texts>> = {
  1: { ru: 'приход', en: 'income' },
  2: { ru: 'возврат прихода', en: 'income given back' },
  3: { ru: 'расход', en: 'expense' },
  4: { ru: 'возврат расхода', en: 'expense given back' },
};
const taxSystems: Readonly<Record<number, Texts>> = {
  1: { ru: 'ОСН', en: 'general' },
  2: { ru: 'УСН доход', en: 'simplified, income' },
  4: { ru: 'УСН доход − расход', en: 'simplified, income less expense' },
  8: { ru: 'ЕНВД', en: 'imputed income' },
  16: { ru: 'ЕСХН', en: 'agricultural' },
  32: { ru: 'патент', en: 'patent' },
};

/** The data in the order in which a fiscal receipt has them, with the labels people know from there. */
export function fiscalLines(data: FiscalData, locale: Locale): readonly FiscalLine[] {
  const line = (tag: number, ru: string, en: string, value: string): FiscalLine => ({
    tag,
    label: locale === 'ru' ? ru : en,
    value,
  });
  const taxSystem = taxSystems[data.taxSystem]?.[locale] ?? String(data.taxSystem);
  return [
    line(1054, 'Признак расчёта', 'Kind of calculation', operations[data.operation][locale]),
    line(1012, 'Дата и время', 'Date and time', registerTime(data.at, locale)),
    line(1020, 'Итог', 'Total', amountText(data.total, locale)),
    line(1048, 'Продавец', 'Seller', data.seller),
    line(1018, 'ИНН', 'Tax number', data.sellerTaxNumber),
    line(1055, 'СНО', 'Tax system', taxSystem),
    line(1187, 'Место расчётов', 'Place', data.place),
    line(1037, 'РН ККТ', 'Register number', data.register),
    line(1038, 'Смена', 'Shift', String(data.shift)),
    line(1042, 'Чек за смену', 'Receipt of the shift', String(data.numberInShift)),
    line(1041, 'ФН', 'Fiscal drive', data.drive),
    line(1040, 'ФД', 'Fiscal document', data.document),
    line(1077, 'ФПД', 'Fiscal sign', data.sign),
    line(1060, 'Сайт ФНС', 'Tax service', data.taxSite),
  ];
}

/** As the register has it, without a zone: `22.11.2026 14:03`, in English `22/11/2026 14:03`. */
function registerTime(at: string, locale: Locale): string {
  const [date = '', time = ''] = at.split('T');
  return `${date
    .split('-')
    .toReversed()
    .join(locale === 'ru' ? '.' : '/')} ${time}`;
}
