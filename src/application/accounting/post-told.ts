import { chargeOf, newBill } from '../../domain/ledger/bill.ts';
import { refused, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Told, ToldEvents } from '../ports/told-events.ts';
import type { PostEvent } from './post-event.ts';

/** What became of a file of events: all of it, or up to the first line that was refused. */
export interface PostedFile {
  readonly posted: number;
  readonly repeated: number;
  readonly refused: { readonly line: number; readonly reason: string } | undefined;
}

/**
 * Posts what a file tells, line by line in its order. Each line is a commit of its own and known by its key, so a file
 * may be given again; the first line that is refused ends the work, because what follows may depend on it.
 */
export const postTold =
  (ledger: Ledger, post: PostEvent, clock: Clock) =>
  async (file: ToldEvents, progress: (lines: number) => void): Promise<PostedFile> => {
    const counts = { posted: 0, repeated: 0 };
    for await (const { line, told } of file.lines()) {
      const answer = told.ok ? await postOne(ledger, post, clock, told.value) : told;
      if (!answer.ok) return { ...counts, refused: { line, reason: reasonText(answer.refusal) } };
      counts[answer.value] += 1;
      progress(line);
    }
    return { ...counts, refused: undefined };
  };
export type PostTold = ReturnType<typeof postTold>;

async function postOne(
  ledger: Ledger,
  post: PostEvent,
  clock: Clock,
  told: Told,
): Promise<Result<'posted' | 'repeated', { readonly reason: string }>> {
  switch (told.tag) {
    case 'event':
      return post(told.event, told.hold === undefined ? {} : { hold: told.hold });
    case 'bill': {
      const bill = newBill(told.toBill);
      if (!bill.ok) return bill;
      return post(chargeOf(bill.value, told.at, told.memo), { bill: bill.value });
    }
    case 'hold': {
      const held = await ledger.open(told.hold, clock.now());
      if (held === 'account-closed') return refused({ reason: held });
      if (held === 'conflict') return refused({ reason: 'told-otherwise' });
      return ok(held === 'held' ? 'posted' : 'repeated');
    }
    case 'void': {
      const ended = await ledger.endHold(told.key, { tag: 'void' }, clock.now());
      if (ended.ok) return ok('posted');
      const { refusal } = ended;
      const isDone = refusal.reason === 'already-resolved' && refusal.as === 'voided';
      return isDone ? ok('repeated') : ended;
    }
  }
}

/** A refusal with whatever it names, as one phrase. */
function reasonText({ reason, ...more }: { readonly reason: string }): string {
  const phrase = [reason, ...Object.values(more).map(factText)].join(' ');
  return reason === 'account-closed' ? `${phrase}: ${closedText}` : phrase;
}

const closedText =
  'nothing is posted to a closed account, reversals included; post it for another one, or without one to suspense';

function factText(fact: unknown): string {
  if (typeof fact === 'string') return fact;
  if (typeof fact === 'bigint') return fact.toString();
  return typeof fact === 'object' && fact !== null
    ? Object.values(fact).map(factText).join(' ')
    : '';
}
