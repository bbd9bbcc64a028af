import { TrytonRefusal } from './tryton-talk.ts';

/** The most that goes in one call. */
const most = 100;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does work for many at once: whoever comes while a call is under way goes together in the next one, and never two
 * calls at a time. Where together they are refused, each is tried alone, so that one does not spoil the others.
 */
export function gathered<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = [];
  let isWorking = false;

  const settle = async (batch: readonly Waiting<Item, Answer>[]): Promise<void> => {
    try {
      const answers = await work(batch.map(({ item }) => item));
      if (answers.length !== batch.length) throw new Error('an answer is missing');
      for (const [n, answer] of answers.entries()) batch[n]?.resolve(answer);
    } catch (error) {
      if (batch.length > 1 && error instanceof TrytonRefusal) {
        for (const each of batch) await settle([each]);
        return;
      }
      for (const { reject } of batch) reject(error);
    }
  };

  const drain = async (): Promise<void> => {
    isWorking = true;
    while (waiting.length > 0) await settle(waiting.splice(0, most));
    isWorking = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isWorking) void drain();
    });
}
