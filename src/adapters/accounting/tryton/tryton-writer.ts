import { isCurrency } from '../../../domain/currency.ts';
import { money } from '../../../domain/money.ts';
import { rows, trytonChart, type TrytonChart, type TrytonCompany } from './tryton-chart.ts';
import { contentOf, linesOf, lineValues, type Move, type TrytonLine } from './tryton-moves.ts';
import type { MayPost } from '../posted-elsewhere.ts';
import { TrytonRefusal, type TrytonCall } from './tryton-talk.ts';
import { fromDecimal, toDate } from './tryton-wire.ts';

/**
 * What became of a move, and Tryton's id of it. One that is posted with other lines is so for ever: `conflict`; a draft
 * with other lines may still go away.
 */
export interface MoveOutcome {
  readonly tag: 'posted' | 'repeated' | 'conflict' | 'differs-for-now';
  readonly id: string;
}

/** Posts moves so that a key has one effect, whenever the process or the server dies on the way. */
export type PostMoves = (moves: readonly Move[]) => Promise<readonly MoveOutcome[]>;

interface Found {
  readonly id: number;
  readonly isPosted: boolean;
  readonly content: string;
}
interface Wanted {
  readonly move: Move;
  readonly lines: readonly TrytonLine[];
  readonly content: string;
}

/**
 * Looks for the keys, makes what is missing as drafts, looks again, and posts one draft of each key. Only posted moves
 * count in Tryton, so a draft made twice (its answer came too late) changes nothing: of one key, the posted move is
 * the one that is meant, else the oldest draft.
 */
export function movePoster(call: TrytonCall, mayPost: MayPost = async () => undefined): PostMoves {
  const chart = trytonChart(call, mayPost);
  return async (moves) => {
    const company = await chart.company();
    const wanted: Wanted[] = [];
    for (const move of moves) {
      const lines = await linesOf(move, chart);
      wanted.push({ move, lines, content: contentOf(lines) });
    }
    const before = await find(call, company, wanted);
    const missing = [...new Map(wanted.map((each) => [each.move.key, each])).values()].filter(
      ({ move }) => !before.has(move.key),
    );
    if (missing.length > 0) {
      await mayPost();
      await make(call, chart, missing);
    }
    const drafts = missing.length > 0 ? await find(call, company, wanted) : before;
    const meant = wanted.flatMap(({ move, content }) => {
      const found = drafts.get(move.key);
      return found === undefined || found.isPosted || found.content !== content ? [] : [found.id];
    });
    if (meant.length > 0) {
      // What we saw is still so only if nobody else posted since, which is when another process has the turn.
      await mayPost();
      await call('model.account.move.post', [...new Set(meant)]);
    }
    const told = new Set<string>();
    return wanted.map(({ move, content }) => {
      const found = drafts.get(move.key);
      if (found === undefined) throw new Error(`Tryton does not show the move ${move.key} it made`);
      const id = String(found.id);
      if (found.content !== content)
        return { tag: found.isPosted ? 'conflict' : 'differs-for-now', id };
      const isNew = !found.isPosted && !told.has(move.key);
      told.add(move.key);
      return { tag: isNew ? 'posted' : 'repeated', id };
    });
  };
}

async function make(call: TrytonCall, chart: TrytonChart, missing: readonly Wanted[]) {
  const company = await chart.company();
  const values = [];
  for (const { move, lines } of missing) {
    const { id: period, day } = await chart.period(move.day);
    values.push({
      company: company.id,
      journal: company.journal,
      ...{ period, date: toDate(day), description: move.key },
      lines: [['create', lines.map((line) => lineValues(line, company, move.memo))]],
    });
  }
  await call('model.account.move.create', values);
}

async function find(
  call: TrytonCall,
  company: TrytonCompany,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, Found>> {
  const keys = [...new Set(wanted.map(({ move }) => move.key))];
  const domain = [
    ['description', 'in', keys],
    ['company', '=', company.id],
    // One that takes back a move of ours has a copy of its description.
    ['origin', '=', null],
  ];
  const moves = await rows(call, 'account.move', domain, ['description', 'state']);
  if (moves.length === 0) return new Map();
  const ids = moves.map(({ id }) => id);
  const lines = await rows(call, 'account.move.line', [['move', 'in', ids]], lineFields);
  const found = new Map<string, Found>();
  for (const { id, description, state } of moves) {
    const key = String(description);
    const isPosted = state === 'posted';
    const before = found.get(key);
    if (before !== undefined && (before.isPosted || !isPosted)) continue;
    const own = lines.filter((line) => line['move'] === id).map((line) => toLine(line, company));
    found.set(key, { id, isPosted, content: contentOf(own) });
  }
  return found;
}

const lineFields = [
  ...['move', 'account', 'party', 'debit', 'credit'],
  ...['second_currency', 'amount_second_currency'],
];

/** Reads a line; one that we could not have written makes no sense here and is left to people. */
export function toLine(row: Readonly<Record<string, unknown>>, company: TrytonCompany): TrytonLine {
  const account = row['account'] as number;
  const party = (row['party'] ?? null) as number | null;
  const second = [...company.currencies].find(([, id]) => id === row['second_currency'])?.[0];
  const currency = second ?? company.currency;
  if (!isCurrency(currency)) throw new TrytonRefusal(`Tryton has a line in ${currency}`);
  if (second !== undefined) {
    const amount = fromDecimal(row['amount_second_currency'], currency);
    if (amount !== undefined) return { account, party, amount };
  }
  const debit = fromDecimal(row['debit'], currency);
  const credit = fromDecimal(row['credit'], currency);
  if (debit === undefined || credit === undefined) {
    throw new TrytonRefusal(`Tryton has a line that is finer than ${currency} goes`);
  }
  return { account, party, amount: money(debit.minor - credit.minor, currency) };
}
