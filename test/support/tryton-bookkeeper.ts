import { rows } from '../../src/adapters/accounting/tryton/tryton-chart.ts';
import { trytonTalk, type TrytonPlace } from '../../src/adapters/accounting/tryton/tryton-talk.ts';
import { fromDecimal, toDate } from '../../src/adapters/accounting/tryton/tryton-wire.ts';
import type { CalendarDay } from '../../src/domain/time.ts';

/** What a bookkeeper writes down: a line for each customer, above zero in debit, against one account. */
export interface ByHand {
  readonly journal: 'REV' | 'CASH' | 'STO';
  readonly description?: string;
  readonly day?: string;
  readonly lines: readonly {
    readonly account: string;
    readonly roubles: string;
    readonly text?: string;
  }[];
}

/** A person at work in Tryton's own client: what they do goes by the same calls, and knows nothing of our adapter. */
export function trytonBookkeeper(place: TrytonPlace) {
  const call = trytonTalk(place);
  const idOf = async (model: string, domain: unknown): Promise<number> => {
    const [row] = await rows(call, model, domain as unknown[], [], { limit: 1 });
    if (row === undefined) throw new Error(`Tryton has no ${model} for ${JSON.stringify(domain)}`);
    return row.id;
  };
  const partyOf = async (code: string): Promise<number> => {
    const [known] = await rows(call, 'party.party', [['code', '=', code]], []);
    if (known !== undefined) return known.id;
    const [made] = (await call('model.party.party.create', [{ name: code, code }])) as [number];
    return made;
  };
  const decimal = (text: string) => ({ __class__: 'Decimal', decimal: text });

  const draft = async ({ journal, description, day = '2026-11-21', lines }: ByHand) => {
    const company = await idOf('company.company', []);
    const receivable = await idOf('account.account', [['type.receivable', '=', true]]);
    const other = await idOf('account.account', [['type.revenue', '=', true]]);
    const period = await idOf('account.period', [
      ['start_date', '<=', toDate(day as CalendarDay)],
      ['end_date', '>=', toDate(day as CalendarDay)],
    ]);
    const legs = [];
    for (const { account, roubles, text } of lines) {
      const isCredit = roubles.startsWith('-');
      const size = decimal(roubles.replace('-', ''));
      const none = decimal('0');
      const party = await partyOf(account);
      const own = { account: receivable, party, ...(text !== undefined && { description: text }) };
      const [debit, credit] = isCredit ? [none, size] : [size, none];
      legs.push({ ...own, debit, credit }, { account: other, debit: credit, credit: debit });
    }
    const [move] = (await call('model.account.move.create', [
      {
        ...{ company, period, date: toDate(day as CalendarDay) },
        journal: await idOf('account.journal', [['code', '=', journal]]),
        ...(description !== undefined && { description }),
        lines: [['create', legs]],
      },
    ])) as [number];
    return move;
  };
  const post = (move: number) => call('model.account.move.post', [move]);

  return {
    draft,
    post,
    /** Writes a move and posts it; answers its id. */
    posts: async (what: ByHand): Promise<number> => {
      const move = await draft(what);
      await post(move);
      return move;
    },
    /** Takes a posted move back by Tryton's own wizard, and posts what that made. */
    cancels: async (move: number): Promise<number> => {
      const active = { active_model: 'account.move', active_id: move, active_ids: [move] };
      const onMove = trytonTalk(place, active);
      const [session] = (await onMove('wizard.account.move.cancel.create')) as [number];
      const forms = { default: { description: null } };
      await onMove('wizard.account.move.cancel.execute', session, forms, 'cancel');
      await onMove('wizard.account.move.cancel.delete', session);
      const undoing = await idOf('account.move', [['origin', '=', `account.move,${String(move)}`]]);
      await post(undoing);
      return undoing;
    },
    /** What a customer owes by Tryton's posted lines, in kopecks; `receivable` of a party counts drafts too. */
    owes: async (account: string): Promise<bigint> => {
      const domain = [
        ['party.code', '=', account],
        ['account.type.receivable', '=', true],
        ['move.state', '=', 'posted'],
      ];
      const lines = await rows(call, 'account.move.line', domain, ['debit', 'credit']);
      const minor = (wire: unknown) => fromDecimal(wire, 'RUB')?.minor ?? 0n;
      return lines.reduce((sum, line) => sum + minor(line['debit']) - minor(line['credit']), 0n);
    },
  };
}
