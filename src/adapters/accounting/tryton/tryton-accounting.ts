import type { AccountingSystem } from '../../../application/ports/accounting-system.ts';
import { moveRef } from '../../../application/ports/foreign-lines.ts';
import { dayIn } from '../../../domain/time.ts';
import { postedElsewhere, type ElsewhereSurroundings } from '../posted-elsewhere.ts';
import { gathered } from './gathered.ts';
import { trytonSource } from './tryton-lines.ts';
import type { TrytonCall } from './tryton-talk.ts';
import { movePoster } from './tryton-writer.ts';

/** Tryton as the company’s accounting. One process posts; what comes at once goes together. */
export function trytonAccounting(
  call: TrytonCall,
  around: ElsewhereSurroundings,
): AccountingSystem {
  const post = gathered(movePoster(call, around.mayPost));
  return postedElsewhere(
    {
      source: trytonSource,
      post: async ({ key, memo, postings, effectiveAt, bookOn }) => {
        const day = bookOn ?? dayIn(around.zone, effectiveAt);
        const { tag, id } = await post({ key, memo, postings, day });
        return { tag, ref: moveRef(id) };
      },
    },
    around,
  );
}
