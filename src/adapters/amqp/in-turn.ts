/** Does work of one key one after another, of different keys side by side. */
export type InTurn = <Value>(key: string, work: () => Promise<Value>) => Promise<Value>;

export const inTurn = (): InTurn => {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
};
