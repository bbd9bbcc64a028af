/** What a payment order in a QR picture may say, by GOST R 56042-2014. */

interface FieldRule {
  /** Most characters; the standard names none for the fields without it. */
  readonly most?: number;
  readonly form?: RegExp;
  /** What the form is, in words of both languages. */
  readonly wanted?: readonly [ru: string, en: string];
}

const digits = (count: number): FieldRule => ({
  form: new RegExp(`^\\d{${String(count)}}$`),
  wanted: [`цифр: ${String(count)}`, `${String(count)} digits`],
});
const text = (most: number): FieldRule => ({ most });
const dated: FieldRule = {
  form: /^\d{2}\.\d{2}\.\d{4}$/,
  wanted: ['день вида 31.12.2026', 'a day such as 31.12.2026'],
};
const free: FieldRule = {};

/** Without them, in this order, no bank takes the order. */
const mandatory = {
  Name: text(160),
  PersonalAcc: digits(20),
  BankName: text(45),
  BIC: digits(9),
  CorrespAcc: {
    form: /^(0|\d{20})$/,
    wanted: ['20 цифр или 0, если счёта нет', '20 digits, or 0 where there is none'],
  },
} as const satisfies Record<string, FieldRule>;

const additional = {
  Sum: {
    form: /^[1-9]\d{0,17}$/,
    wanted: ['целое число копеек без точки', 'whole kopecks, without a point'],
  },
  Purpose: text(210),
  PayeeINN: {
    form: /^(\d{10}|\d{12})$/,
    wanted: ['10 или 12 цифр', '10 or 12 digits'],
  },
  PayerINN: text(12),
  DrawerStatus: text(2),
  KPP: digits(9),
  CBC: text(20),
  OKTMO: text(11),
  PaytReason: text(2),
  TaxPeriod: text(10),
  DocNo: text(15),
  DocDate: dated,
  TaxPaytKind: text(2),
} as const satisfies Record<string, FieldRule>;

const other = {
  ...{ LastName: free, FirstName: free, MiddleName: free, PayerAddress: free },
  ...{ PersonalAccount: free, DocIdx: free, PensAcc: free, Contract: free },
  /** The customer's account at the payee. */
  PersAcc: free,
  ...{ Flat: free, Phone: free, PayerIdType: free, PayerIdNum: free, ChildFio: free },
  BirthDate: dated,
  PaymTerm: free,
  PaymPeriod: {
    form: /^(0[1-9]|1[0-2])\d{4}$/,
    wanted: ['месяц и год вида 122026', 'month and year, such as 122026'],
  },
  ...{ Category: free, ServiceName: free, CounterId: free, CounterVal: free },
  /** The number of the bill. */
  QuittId: free,
  QuittDate: dated,
  ...{ InstNum: free, ClassNum: free, SpecFio: free, AddAmount: free, RuleId: free },
  ...{ ExecId: free, RegType: free, UIN: free },
  TechCode: {
    form: /^(0[1-9]|1[0-5])$/,
    wanted: ['код от 01 до 15', 'a code from 01 to 15'],
  },
} as const satisfies Record<string, FieldRule>;

const rules = { ...mandatory, ...additional, ...other };

export type FieldName = keyof typeof rules;
export type MandatoryField = keyof typeof mandatory;
/** What an order says; an empty value says as little as a missing one, and may be written. */
export type OrderFields = Readonly<Partial<Record<FieldName, string>>>;

export const mandatoryFields = Object.keys(mandatory) as readonly MandatoryField[];
/** In the order in which they are written. */
export const fieldNames = Object.keys(rules) as readonly FieldName[];

const byLowerCase = new Map(fieldNames.map((name) => [name.toLowerCase(), name]));

/** The field that is meant: bills in circulation write the names in any letter case. */
export const fieldNamed = (name: string): FieldName | undefined =>
  byLowerCase.get(name.toLowerCase());

/** Why a value does not do. */
export type FieldFault =
  | { readonly reason: 'field-missing'; readonly field: FieldName }
  | {
      readonly reason: 'field-too-long';
      readonly field: FieldName;
      readonly length: number;
      readonly most: number;
    }
  | {
      readonly reason: 'field-malformed';
      readonly field: FieldName;
      readonly wanted: readonly [ru: string, en: string];
    };

const oneLine = ['одна строка без управляющих знаков', 'one line, no control characters'] as const;

/** Looks at one field; undefined when it does. */
export function fieldFault(field: FieldName, value: string | undefined): FieldFault | undefined {
  const { most, form, wanted = oneLine }: FieldRule = rules[field];
  if (value === undefined || value === '') {
    return field in mandatory ? { reason: 'field-missing', field } : undefined;
  }
  if (/\p{Cc}/u.test(value)) return { reason: 'field-malformed', field, wanted: oneLine };
  const length = [...value].length;
  if (most !== undefined && length > most) return { reason: 'field-too-long', field, length, most };
  return form?.test(value) === false ? { reason: 'field-malformed', field, wanted } : undefined;
}
