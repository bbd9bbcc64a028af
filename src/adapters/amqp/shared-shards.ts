import { shards } from './topology.ts';

/** Takes the messages of a shard; the answer stops it. */
export type TakeShard = (shard: string) => Promise<() => Promise<void>>;

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

export const sharedShards = async (instance: string, take: TakeShard): Promise<SharedShards> => {
  const stops = new Map<string, () => Promise<void>>();
  let shared = instance;
  let ended: Promise<unknown> = Promise.resolve();
  for (const shard of shards) stops.set(shard, await take(shard));

  const lineUpAgain = async (shard: string): Promise<void> => {
    await stops.get(shard)?.();
    stops.set(shard, await take(shard));
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
