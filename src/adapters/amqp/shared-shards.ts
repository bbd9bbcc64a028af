import { shards } from './topology.ts';

/**
 * Takes the messages of a shard and calls `touched` before each; the answer stops it.
 */
export type TakeShard = (shard: string, touched: () => void) => Promise<() => Promise<void>>;

/**
 * Takes the messages of all shards, of which several gateways share the work. Every gateway stands in line at every
 * shard, and the broker serves the first in line; so when one dies, the next goes on at once. A gateway that hears of
 * another goes back to the end of the line at the shards that are the other's by turn.
 */
export interface SharedShards {
  /** Told which gateways there are, in the same order everywhere. */
  share(gateways: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** `tookOver` is called before the first message of a shard that another gateway may have served until now. */
export const sharedShards = async (
  instance: string,
  take: TakeShard,
  tookOver: () => void,
): Promise<SharedShards> => {
  const stops = new Map<string, () => Promise<void>>();
  /** Shards whose messages come to us. */
  const active = new Set<string>();
  let shared = instance;
  let ended: Promise<unknown> = Promise.resolve();

  const lineUp = async (shard: string): Promise<void> => {
    const touched = (): void => {
      if (active.has(shard)) return;
      active.add(shard);
      if (shared !== instance) tookOver();
    };
    stops.set(shard, await take(shard, touched));
  };
  const lineUpAgain = async (shard: string): Promise<void> => {
    await stops.get(shard)?.();
    active.delete(shard);
    await lineUp(shard);
  };
  const stopAll = async (): Promise<void> => {
    await Promise.all([...stops.values()].map((stop) => stop()));
    stops.clear();
  };
  const next = (work: () => Promise<unknown>): Promise<void> => {
    const done = ended.then(work).then(() => undefined);
    // One failure must not keep the next from its turn; who waits for it hears of it.
    ended = done.catch(() => undefined);
    return done;
  };
  for (const shard of shards) await lineUp(shard);
  return {
    share: (gateways) => {
      if (gateways.join() === shared || !gateways.includes(instance)) return Promise.resolve();
      shared = gateways.join();
      const others = shards.filter((_, at) => gateways[at % gateways.length] !== instance);
      return next(() => Promise.all(others.map(lineUpAgain)));
    },
    stop: () => next(stopAll),
  };
};
