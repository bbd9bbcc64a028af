/** What waits for its turn under one key. */
interface Batch<Item, Answer> {
  readonly items: [Item, ...Item[]];
  readonly answer: Promise<Answer>;
}

/**
 * Does work key by key: of one key never two at a time, and all that came while one was under way is done together.
 * So a thousand calls at once cost a few rounds, and hold one connection.
 */
export function inBatches<Item, Answer>(
  work: (key: string, items: readonly [Item, ...Item[]]) => Promise<Answer>,
): (key: string, item: Item) => Promise<Answer> {
  const waiting = new Map<string, Batch<Item, Answer>>();
  const turns = new Map<string, Promise<unknown>>();
  return (key, item) => {
    const next = waiting.get(key);
    if (next !== undefined) {
      next.items.push(item);
      return next.answer;
    }
    const items: [Item, ...Item[]] = [item];
    const before = turns.get(key) ?? Promise.resolve();
    const answer = before
      .catch(() => undefined)
      .then(() => {
        waiting.delete(key);
        return work(key, items);
      })
      .finally(() => {
        if (turns.get(key) === answer) turns.delete(key);
      });
    waiting.set(key, { items, answer });
    turns.set(key, answer);
    return answer;
  };
}
