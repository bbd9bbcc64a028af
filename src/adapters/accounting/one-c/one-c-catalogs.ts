import type { Currency } from '../../../domain/currency.ts';
import type { MayPost } from '../posted-elsewhere.ts';
import { OneCRefusal, type OneCTalk, type Row } from './one-c-talk.ts';
import { currencyCodes, emptyRef, refOf, stringLiteral } from './one-c-wire.ts';

/** What a customer's account is in 1C: a contract of a counterparty. */
export interface Contract {
  readonly ref: string;
  readonly counterparty: string;
}

/** The things a document refers to, by the names that our entries use. */
export interface OneCCatalogs {
  organisation(): Promise<string>;
  currency(currency: Currency): Promise<string>;
  /** An account of the chart by its code. */
  account(code: string): Promise<string>;
  /** By the account's number; made where it is missing, because money is never refused for want of a contract. */
  contract(number: string): Promise<Contract>;
  /** The kind of payment that stands for a payment system; made where it is missing. */
  paymentKind(provider: string): Promise<string>;
}

/** References do not change: what was found is asked for once. */
export function oneCCatalogs(
  talk: OneCTalk,
  taxNumber: string,
  mayPost: MayPost = async () => undefined,
): OneCCatalogs {
  const known = new Map<string, Promise<Row>>();
  const once = (name: string, find: () => Promise<Row>): Promise<Row> => {
    const found = known.get(name) ?? find();
    known.set(name, found);
    found.catch(() => known.delete(name));
    return found;
  };
  const first = async (set: string, field: string, text: string, more = '') => {
    const filter = `${field} eq ${stringLiteral(text)}${more}`;
    const [row] = await talk.rows(set, { filter, orderby: 'Ref_Key asc' });
    return row;
  };
  const there = (set: string, field: string, text: string): Promise<Row> =>
    once(`${set} ${text}`, async () => {
      const row = await first(set, field, text);
      if (row === undefined) throw new OneCRefusal(`1C has no ${set} whose ${field} is ${text}`);
      return row;
    });
  const make = async (set: string, values: Row): Promise<Row> => {
    await mayPost();
    return talk.create(set, values);
  };
  const organisation = async () => refIn(await there('Catalog_Организации', 'ИНН', taxNumber));

  return {
    organisation,
    currency: async (currency) =>
      refIn(await there('Catalog_Валюты', 'Code', currencyCodes[currency])),
    account: async (code) => refIn(await there('ChartOfAccounts_Хозрасчетный', 'Code', code)),
    contract: async (number) => {
      const row = await once(`contract ${number}`, async () => {
        const set = 'Catalog_ДоговорыКонтрагентов';
        const found = await first(set, 'Номер', number, ' and DeletionMark eq false');
        if (found !== undefined) return found;
        const counterparty = await counterpartyFor(number, first, make);
        return make(set, {
          ...{ Ref_Key: refOf(`contract ${number}`), Owner_Key: counterparty },
          ...{ Description: number, Номер: number, ВидДоговора: 'СПокупателем' },
          Организация_Key: await organisation(),
        });
      });
      return { ref: refIn(row), counterparty: textIn(row, 'Owner_Key') };
    },
    paymentKind: async (provider) => {
      const set = 'Catalog_ВидыОплатОрганизаций';
      const row = await once(`kind ${provider}`, async () => {
        const found = await first(set, 'Description', provider, ' and DeletionMark eq false');
        const values = { Ref_Key: refOf(`kind ${provider}`), Description: provider };
        return found ?? make(set, { ...values, ТипОплаты: 'ПлатежнаяКарта' });
      });
      return refIn(row);
    },
  };
}

async function counterpartyFor(
  number: string,
  first: (set: string, field: string, text: string) => Promise<Row | undefined>,
  make: (set: string, values: Row) => Promise<Row>,
): Promise<string> {
  const set = 'Catalog_Контрагенты';
  const found = await first(set, 'Description', number);
  const values = { Ref_Key: refOf(`counterparty ${number}`), Description: number };
  return refIn(
    found ?? (await make(set, { ...values, ЮридическоеФизическоеЛицо: 'ФизическоеЛицо' })),
  );
}

export const textIn = (row: Row, field: string): string => {
  const value = row[field];
  return typeof value === 'string' ? value : '';
};
const refIn = (row: Row): string => textIn(row, 'Ref_Key') || emptyRef;
