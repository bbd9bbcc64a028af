import type { Currency } from '../../../domain/currency.ts';
import {
  findKind,
  accountKinds,
  type AccountType,
} from '../../../domain/ledger/chart-of-accounts.ts';
import type { CalendarDay } from '../../../domain/time.ts';
import type { MayPost } from '../posted-elsewhere.ts';
import { TrytonRefusal, type TrytonCall } from './tryton-talk.ts';
import { dayOf, toDate } from './tryton-wire.ts';

/** What a book has once: its ids are asked for at the first posting and kept. */
export interface TrytonCompany {
  readonly id: number;
  readonly currency: string;
  readonly currencies: ReadonlyMap<string, number>;
  readonly journal: number;
  readonly receivable: number;
}

/** The accounts, parties and periods of a book, by the names that our entries use. */
export interface TrytonChart {
  company(): Promise<TrytonCompany>;
  /** Ids by code; what is missing is made, because money is never refused for want of an account. */
  accounts(codes: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Ids by code; a customer’s account is a party, and its number the code. */
  parties(codes: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The open period of a day, or the first open one after it, with the day to book on. */
  period(day: CalendarDay): Promise<{ readonly id: number; readonly day: CalendarDay }>;
}

type Row = Readonly<Record<string, unknown>> & { readonly id: number };

/** `mayPost` is asked before anything is made. */
export function trytonChart(
  call: TrytonCall,
  mayPost: MayPost = async () => undefined,
): TrytonChart {
  const makes = { call, mayPost };
  let known: Promise<TrytonCompany> | undefined;
  const accounts = new Map<string, number>();
  const parties = new Map<string, number>();
  const company = () => {
    known ??= readCompany(call).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    company,
    accounts: async (codes) => {
      const missing = codes.filter((code) => !accounts.has(code));
      if (missing.length === 0) return accounts;
      const { id } = await company();
      const ofCompany = [['company', '=', id]];
      await ensure(
        makes,
        { model: 'account.account', more: ofCompany },
        missing,
        accounts,
        async (code) => ({
          ...{ company: id, name: code, code },
          parent: await rootOf(call, id),
          type: await typeFor(call, id, code),
        }),
      );
      return accounts;
    },
    parties: async (codes) => {
      const missing = codes.filter((code) => !parties.has(code));
      await ensure(makes, { model: 'party.party', more: [] }, missing, parties, async (code) => ({
        name: code,
        code,
      }));
      return parties;
    },
    period: async (day) => periodOf(call, (await company()).id, day),
  };
}

async function readCompany(call: TrytonCall): Promise<TrytonCompany> {
  const companies = await rows(call, 'company.company', [], ['currency']);
  const [first] = companies;
  if (first === undefined) throw new TrytonRefusal('this book of Tryton has no company');
  const currencies = await rows(call, 'currency.currency', [], ['code']);
  const receivables = [
    ['company', '=', first.id],
    ['type.receivable', '=', true],
  ];
  const [receivable] = await rows(call, 'account.account', receivables, []);
  const [journal] = await rows(call, 'account.journal', [['code', '=', 'CASH']], []);
  if (receivable === undefined || journal === undefined) {
    throw new TrytonRefusal('this book of Tryton has no account of receivables or no journal CASH');
  }
  return {
    id: first.id,
    currency: String(currencies.find(({ id }) => id === first['currency'])?.['code']),
    currencies: new Map(currencies.map(({ id, code }) => [String(code), id])),
    journal: journal.id,
    receivable: receivable.id,
  };
}

/** Looks codes up and makes what is missing, in one call each. */
async function ensure(
  { call, mayPost }: { readonly call: TrytonCall; readonly mayPost: MayPost },
  { model, more }: { readonly model: string; readonly more: readonly unknown[] },
  codes: readonly string[],
  into: Map<string, number>,
  valuesOf: (code: string) => Promise<unknown>,
): Promise<void> {
  if (codes.length === 0) return;
  const found = await rows(call, model, [['code', 'in', codes], ...more], ['code']);
  for (const { id, code } of found) into.set(String(code), id);
  const missing = [...new Set(codes)].filter((code) => !into.has(code));
  if (missing.length === 0) return;
  const values = await Promise.all(missing.map(valuesOf));
  await mayPost();
  const made = (await call(`model.${model}.create`, values)) as readonly number[];
  missing.forEach((code, n) => {
    const id = made[n];
    if (id !== undefined) into.set(code, id);
  });
}

async function rootOf(call: TrytonCall, company: number): Promise<number | null> {
  const domain = [
    ['company', '=', company],
    ['parent', '=', null],
  ];
  const [root] = await rows(call, 'account.account', domain, []);
  return root?.id ?? null;
}

const isNobodys = [
  ['receivable', '=', false],
  ['payable', '=', false],
];
/** Where an account stands in the reports until a bookkeeper says otherwise. */
const typeDomains: Readonly<Record<AccountType, readonly unknown[]>> = {
  asset: [['assets', '=', true], ...isNobodys],
  liability: [['statement', '=', 'balance'], ['assets', '=', false], ...isNobodys],
  equity: [['statement', '=', 'balance'], ['assets', '=', false], ...isNobodys],
  income: [['revenue', '=', true]],
  expense: [['expense', '=', true]],
};

async function typeFor(call: TrytonCall, company: number, code: string): Promise<number> {
  const kind = findKind(code);
  const wanted = typeDomains[kind === undefined ? 'liability' : accountKinds[kind].type];
  const domain = [['company', '=', company], ...wanted];
  const [type] = await rows(call, 'account.account.type', domain, []);
  if (type === undefined) throw new TrytonRefusal(`Tryton has no type of account for ${code}`);
  return type.id;
}

async function periodOf(call: TrytonCall, company: number, day: CalendarDay) {
  const open = [
    ['company', '=', company],
    ['state', '=', 'open'],
    ['type', '=', 'standard'],
    ['end_date', '>=', toDate(day)],
  ];
  const order = [['start_date', 'ASC']];
  const [found] = await rows(call, 'account.period', open, ['start_date'], { order, limit: 1 });
  const start = dayOf(found?.['start_date']);
  if (found === undefined || start === undefined) {
    throw new TrytonRefusal(`Tryton has no open period on ${day} or after it`);
  }
  return { id: found.id, day: start > day ? start : day };
}

/** Rows of a model, by id unless ordered otherwise. */
export async function rows(
  call: TrytonCall,
  model: string,
  domain: readonly unknown[],
  fields: readonly string[],
  { order = [['id', 'ASC']], limit = null }: { order?: unknown; limit?: number | null } = {},
): Promise<readonly Row[]> {
  const found = await call(`model.${model}.search_read`, domain, 0, limit, order, [
    'id',
    ...fields,
  ]);
  return found as readonly Row[];
}

/** Ours, by its code in ISO 4217. */
export const currencyIdOf = (company: TrytonCompany, currency: Currency): number => {
  const id = company.currencies.get(currency);
  if (id === undefined) throw new TrytonRefusal(`Tryton has no currency ${currency}`);
  return id;
};
