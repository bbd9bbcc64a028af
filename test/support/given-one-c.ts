import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { oneCTalk, type OneCTalk } from '../../src/adapters/accounting/one-c/one-c-talk.ts';
import { Infobase, type Answer } from '../../src/adapters/simulators/one-c/infobase.ts';
import { oneCSimulator } from '../../src/adapters/simulators/one-c/one-c-simulator.ts';
import type { LedgerLine } from './given-ledger.ts';

export const cardDocuments = 'Document_ОплатаПлатежнойКартой';
export const taxNumber = '7700000000';

/** A double of 1C: the shapes are those that are written down, for 1C itself runs only where it is paid for. */
export interface OneCDouble {
  readonly base: Infobase;
  readonly talk: OneCTalk;
  readonly calls: string[];
  /** What the next call that contains this text meets. */
  next(part: string, trouble: 'down' | 'lost' | Answer): void;
  ledger(): Promise<LedgerLine[]>;
  close(): void;
}

/** An infobase of a company with the catalogs that documents refer to. */
export async function givenOneC(password = 'секрет:1'): Promise<OneCDouble> {
  const base = new Infobase();
  base.publish('Catalog_Организации', [{ ИНН: taxNumber, Description: 'Ромашка' }]);
  base.publish('Catalog_Валюты', [{ Code: '643' }, { Code: '978' }]);
  base.publish(
    'ChartOfAccounts_Хозрасчетный',
    ['57.03', '62.01', '62.02'].map((Code) => ({ Code })),
  );
  for (const name of ['Контрагенты', 'ДоговорыКонтрагентов', 'ВидыОплатОрганизаций']) {
    base.publish(`Catalog_${name}`);
  }
  base.publish(cardDocuments);
  const calls: string[] = [];
  const troubles: { readonly part: string; readonly trouble: 'down' | 'lost' | Answer }[] = [];
  const user = 'Кабинет';
  const trouble = (call: string) => {
    calls.push(call);
    const at = troubles.findIndex(({ part }) => call.includes(part));
    return at < 0 ? undefined : troubles.splice(at, 1)[0]?.trouble;
  };
  const server = createServer(oneCSimulator(base, { user, password, trouble }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    base,
    calls,
    talk: oneCTalk({ url, user, password: 'секрет:1' }),
    next: (part, what) => {
      troubles.push({ part, trouble: what });
    },
    ledger: async () => postedIn(base),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Document = Readonly<Record<string, string | number | boolean>> & {
  readonly РасшифровкаПлатежа: readonly Record<string, unknown>[];
};

/** What is posted, in the names of our ledger; read without the adapter's own reading. */
function postedIn(base: Infobase): LedgerLine[] {
  const nameIn = (set: string, field: string, ref: unknown): string => {
    const row = base.sets.get(set)?.find((one) => one['Ref_Key'] === ref);
    return String(row?.[field]);
  };
  const posted = (base.sets.get(cardDocuments) ?? []).filter((row) => row['Posted'] === true);
  return (posted as unknown as Document[]).flatMap((row) => {
    const [line] = row.РасшифровкаПлатежа;
    const number = nameIn(
      'Catalog_ДоговорыКонтрагентов',
      'Номер',
      line?.['ДоговорКонтрагента_Key'],
    );
    const provider = nameIn('Catalog_ВидыОплатОрганизаций', 'Description', row['ВидОплаты_Key']);
    const code = nameIn('Catalog_Валюты', 'Code', row['ВалютаДокумента_Key']);
    const clearing = `clearing:${provider}:${code === '643' ? 'RUB' : 'EUR'}`;
    const customer = number.startsWith('suspense:') ? number : `receivable:${number}`;
    const isPaid = row['ВидОперации'] === 'ОплатаПокупателя';
    const [debit, credit] = isPaid ? [clearing, customer] : [customer, clearing];
    const minor = BigInt(Math.round(Number(row['СуммаДокумента']) * 100));
    const key = String(row['Комментарий']);
    return [
      { key, account: debit, side: 'debit', minor },
      { key, account: credit, side: 'credit', minor },
    ];
  });
}

export const aRef = (): string => randomUUID();
