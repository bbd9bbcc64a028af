import type { ForeignLine, ForeignLines } from '../../../application/ports/foreign-lines.ts';
import { Outage } from '../../../application/ports/outage.ts';
import { negate, type Money } from '../../../domain/money.ts';
import type { OperationKind } from '../../../domain/operation.ts';
import type { Instant } from '../../../domain/time.ts';
import { rows, trytonChart, type TrytonChart, type TrytonCompany } from './tryton-chart.ts';
import { toLine } from './tryton-writer.ts';
import type { TrytonCall } from './tryton-talk.ts';
import { dayOf, momentOf, toMoment } from './tryton-wire.ts';

/** Names Tryton among the sources of commands. */
export const trytonSource = 'tryton';

/** The most ids, and the most lines, that one call brings. */
const idsPerCall = 5_000;
const linesPerCall = 500;

/**
 * What is posted in Tryton on customers' accounts: lines with a party on accounts of receivables. A move has the time
 * of its posting as `write_date`, for nothing may change it afterwards.
 */
export function trytonLines(
  call: TrytonCall,
  chart: TrytonChart = trytonChart(call),
): ForeignLines {
  return {
    source: trytonSource,
    newest: async () => {
      const posted = [
        ['company', '=', (await chart.company()).id],
        ['state', '=', 'posted'],
        ['write_date', '!=', null],
      ];
      const order = [['write_date', 'DESC']];
      const [last] = await rows(call, 'account.move', posted, ['write_date'], { order, limit: 1 });
      return momentOf(last?.['write_date']);
    },
    changedSince: (from, isSettled) => pages(call, chart, from, isSettled),
  };
}

/** Ids first, which cost little; then only what is not settled, many in a call. */
async function* pages(
  call: TrytonCall,
  chart: TrytonChart,
  from: Instant,
  isSettled: (id: string) => boolean,
): AsyncGenerator<readonly ForeignLine[]> {
  const company = await chart.company();
  for (let after = 0; ;) {
    const domain = [
      ['id', '>', after],
      ['move.company', '=', company.id],
      ['move.state', '=', 'posted'],
      ['move.write_date', '>=', toMoment(from)],
      ['account.type.receivable', '=', true],
      ['party', '!=', null],
    ];
    const byId = [['id', 'ASC']];
    const ids = (await call(
      'model.account.move.line.search',
      ...[domain, 0, idsPerCall, byId],
    )) as readonly number[];
    const fresh = ids.filter((id) => !isSettled(String(id)));
    for (let n = 0; n < fresh.length; n += linesPerCall) {
      yield await read(call, company, fresh.slice(n, n + linesPerCall));
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < idsPerCall) return;
    after = last;
  }
}

const fields = [
  ...['id', 'account', 'party', 'debit', 'credit', 'second_currency', 'amount_second_currency'],
  ...['description', 'party.code', 'move', 'move.description', 'move.origin', 'move.date'],
  ...['move.write_date', 'move.journal.type'],
];

async function read(
  call: TrytonCall,
  company: TrytonCompany,
  ids: readonly number[],
): Promise<readonly ForeignLine[]> {
  const found = (await call('model.account.move.line.read', ids, fields)) as readonly Row[];
  return found
    .map((row) => toForeignLine(row, company))
    .toSorted((a, b) => a.changedAt - b.changedAt || Number(a.id) - Number(b.id));
}

type Row = Readonly<Record<string, unknown>>;

/** Reads a line as Tryton shows it; what it cannot be without is an outage, for somebody else is at fault. */
export function toForeignLine(row: Row, company: TrytonCompany): ForeignLine {
  const move = partOf(row, 'move.');
  const changedAt = momentOf(move['write_date']);
  const day = dayOf(move['date']);
  if (changedAt === undefined || day === undefined) {
    throw new Outage(`Tryton shows line ${String(row['id'])} without its day`);
  }
  const { amount } = toLine(row, company);
  const origin = textOf(move['origin']);
  const isUndoing = origin.startsWith('account.move,');
  const ownText = textOf(row['description']);
  return {
    id: String(row['id']),
    move: String(row['move']),
    // Ours come from nowhere; what takes one of ours back has a copy of its description.
    key: origin === '' ? textOf(move['description']) || undefined : undefined,
    isUndoing,
    kind: kindOf(textOf(partOf(move, 'journal.')['type']), amount, isUndoing),
    account: textOf(partOf(row, 'party.')['code']),
    amount: negate(amount),
    day,
    description: readable(ownText === '' && !isUndoing ? textOf(move['description']) : ownText),
    changedAt,
  };
}

/** What a line is to the customer: by the journal it was written in. */
function kindOf(journal: string, debit: Money, isUndoing: boolean): OperationKind {
  const isDebit = debit.minor > 0n;
  if (isUndoing) return 'correction';
  if (journal === 'revenue') return isDebit ? 'charge' : 'correction';
  if (journal === 'cash' || journal === 'statement') return isDebit ? 'refund' : 'payment';
  return 'correction';
}

const mostText = 900;
/** Text that screens and printers take. */
const readable = (text: string): string =>
  text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, mostText)
    .toWellFormed();

const partOf = (row: Row, name: string): Row => (row[name] ?? {}) as Row;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
