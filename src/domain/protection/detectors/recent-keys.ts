import type { Instant } from '../../time.ts';

/** What is remembered by key: not too much, and not for longer than it matters. */
export interface RecentKeys<State> {
  /** The key's state, a fresh one where there is none. The key longest unused gives way when there are too many. */
  of(key: string, now: Instant): State;
  peek(key: string): State | undefined;
  entries(): IterableIterator<[string, State]>;
  /** Forgets what was not used for the whole time. */
  forgetIdle(now: Instant): void;
  size(): number;
}

export function recentKeys<State extends object>(
  limit: number,
  idleMs: number,
  fresh: () => State,
): RecentKeys<State> {
  const states = new Map<string, State>();
  const usedAt = new WeakMap<State, Instant>();
  return {
    of: (key, now) => {
      const state = states.get(key) ?? fresh();
      // The order of a map is that of insertion: what is used goes to its end.
      states.delete(key);
      states.set(key, state);
      usedAt.set(state, now);
      if (states.size > limit) {
        const [oldest] = states.keys();
        if (oldest !== undefined) states.delete(oldest);
      }
      return state;
    },
    peek: (key) => states.get(key),
    entries: () => states.entries(),
    forgetIdle: (now) => {
      for (const [key, state] of states) {
        if (now - (usedAt.get(state) ?? now) < idleMs) return;
        states.delete(key);
      }
    },
    size: () => states.size,
  };
}
