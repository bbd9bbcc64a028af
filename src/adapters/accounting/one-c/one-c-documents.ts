import type { Entry } from '../../../domain/ledger/entry.ts';
import { money, type Money } from '../../../domain/money.ts';
import type { ElsewhereOutcome, MayPost } from '../posted-elsewhere.ts';
import { textIn, type OneCCatalogs } from './one-c-catalogs.ts';
import { OneCChanged, OneCRefusal, type OneCTalk, type Row } from './one-c-talk.ts';
import { fromNumber, guidLiteral, localMoment, refOf, toNumber } from './one-c-wire.ts';

const documents = 'Document_ОплатаПлатежнойКартой';
const paid = 'ОплатаПокупателя';
const refunded = 'ВозвратПокупателю';
/** Looks before it gives up on a document that somebody keeps changing. */
const mostLooks = 3;

/** What a customer's part of an entry says, in 1C's terms. */
export interface CardDocument {
  readonly key: string;
  readonly operation: typeof paid | typeof refunded;
  /** The number of the account; of money that is nobody's, the name it is kept under. */
  readonly contract: string;
  readonly provider: string;
  /** Above zero. */
  readonly amount: Money;
}

/**
 * The customer's part of an entry; undefined where it has none. What a provider keeps and what payers pay on top come to
 * 1C with the provider's own report.
 */
export function documentOf({ key, postings }: Entry): CardDocument | undefined {
  const own = postings.flatMap(({ account, side, amount }) => {
    const contract = contractOf(account);
    return contract === undefined ? [] : [{ contract, side, amount }];
  });
  const [first] = own;
  const minor = own.reduce(
    (sum, { side, amount }) => sum + (side === 'credit' ? amount.minor : -amount.minor),
    0n,
  );
  if (first === undefined || minor === 0n) return undefined;
  const clearing = postings.find(({ account }) => account.startsWith('clearing:'))?.account;
  return {
    ...{ key, contract: first.contract, provider: clearing?.split(':')[1] ?? '' },
    operation: minor > 0n ? paid : refunded,
    amount: money(minor < 0n ? -minor : minor, first.amount.currency),
  };
}

/** Debt and prepayment are one contract in 1C; what is nobody's is kept under its own name. */
function contractOf(account: string): string | undefined {
  const owner = /^(?:receivable|prepayment|customer):(.+)$/.exec(account)?.[1];
  return owner ?? (account.startsWith('suspense:') ? account : undefined);
}

/**
 * Posts entries as documents so that a key has one effect. The reference is made from the key, so that 1C itself keeps a
 * second document away; the key stands in the comment for people. Each step looks first: a document is looked for,
 * written, looked at, posted unless somebody changed it meanwhile, and looked at again.
 */
export function documentPoster(
  talk: OneCTalk,
  catalogs: OneCCatalogs,
  { zone, mayPost }: { readonly zone: string; readonly mayPost: MayPost },
): (entry: Entry) => Promise<ElsewhereOutcome> {
  const find = async (ref: string): Promise<Row | undefined> => {
    // By a filter: asked for by its address, one that is missing looks like a set that is not published.
    const [row] = await talk.rows(documents, { filter: `Ref_Key eq ${guidLiteral(ref)}` });
    return row;
  };
  const write = async (values: Row, ref: string): Promise<Row> => {
    await mayPost();
    try {
      await talk.create(documents, values);
    } catch (error) {
      // Another telling may have written it between our look and this.
      if (!(error instanceof OneCRefusal) || (await find(ref)) === undefined) throw error;
    }
    const made = await find(ref);
    if (made === undefined) throw new Error('1C does not show the document it made');
    return made;
  };
  const post = async (ref: string, version: string): Promise<boolean> => {
    await mayPost();
    try {
      await talk.act(`${documents}(${guidLiteral(ref)})`, 'Post', version);
      return true;
    } catch (error) {
      if (error instanceof OneCChanged) return false;
      throw error;
    }
  };

  return async (entry) => {
    const document = documentOf(entry);
    const ref = refOf(entry.key);
    const name = `document:${ref}`;
    if (document === undefined) return { tag: 'posted', ref: name };
    const values = await valuesOf(document, catalogs, localMoment(entry.effectiveAt, zone));
    let isOurs = false;
    for (let look = 1; look <= mostLooks; look += 1) {
      const found = (await find(ref)) ?? (await write({ Ref_Key: ref, ...values }, ref));
      const isPosted = found['Posted'] === true;
      if (!isSame(found, values, document.amount)) {
        return { tag: isPosted ? 'conflict' : 'differs-for-now', ref: name };
      }
      if (found['DeletionMark'] === true) return { tag: 'differs-for-now', ref: name };
      if (isPosted) return { tag: isOurs ? 'posted' : 'repeated', ref: name };
      isOurs = (await post(ref, textIn(found, 'DataVersion'))) || isOurs;
    }
    const last = await find(ref);
    if (isOurs && last?.['Posted'] === true && isSame(last, values, document.amount)) {
      return { tag: 'posted', ref: name };
    }
    throw new OneCRefusal(`1C: document ${ref} does not stay as it was posted`);
  };
}

async function valuesOf(
  document: CardDocument,
  catalogs: OneCCatalogs,
  date: string,
): Promise<Row> {
  const { amount, contract: number, key, operation, provider } = document;
  const contract = await catalogs.contract(number);
  const sum = toNumber(amount);
  return {
    ...{ Date: date, ВидОперации: operation, Комментарий: key },
    Организация_Key: await catalogs.organisation(),
    Контрагент_Key: contract.counterparty,
    ВидОплаты_Key: await catalogs.paymentKind(provider),
    ВалютаДокумента_Key: await catalogs.currency(amount.currency),
    СуммаДокумента: sum,
    // Accounts are filled in by 1C for people at its forms only, never for programs.
    СчетКасса_Key: await catalogs.account('57.03'),
    РасшифровкаПлатежа: [
      {
        LineNumber: '1',
        ДоговорКонтрагента_Key: contract.ref,
        СуммаПлатежа: sum,
        СуммаВзаиморасчетов: sum,
        СчетУчетаРасчетовСКонтрагентом_Key: await catalogs.account('62.01'),
        СчетУчетаРасчетовПоАвансам_Key: await catalogs.account('62.02'),
      },
    ],
  };
}

const compared = ['ВидОперации', 'Организация_Key', 'Контрагент_Key', 'ВидОплаты_Key'] as const;

function isSame(found: Row, wanted: Row, { minor, currency }: Money): boolean {
  const isSum = (wire: unknown) => fromNumber(wire, currency)?.minor === minor;
  const lines = linesOf(found);
  const [line] = lines;
  const [asked] = linesOf(wanted);
  const contract = 'ДоговорКонтрагента_Key';
  return (
    compared.every((field) => found[field] === wanted[field]) &&
    found['ВалютаДокумента_Key'] === wanted['ВалютаДокумента_Key'] &&
    isSum(found['СуммаДокумента']) &&
    lines.length === 1 &&
    line?.[contract] === asked?.[contract] &&
    isSum(line?.['СуммаПлатежа'])
  );
}

const linesOf = (row: Row): readonly Row[] =>
  Array.isArray(row['РасшифровкаПлатежа']) ? (row['РасшифровкаПлатежа'] as readonly Row[]) : [];
