import type { AccountId, CustomerId } from '../../src/domain/ids.ts';

/** Somebody who may ask about one account. */
export interface Asker {
  readonly customer: CustomerId;
  readonly account: AccountId;
}

export function crowd(size: number): Asker[] {
  const id = (kind: number, n: number): string =>
    `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
  return Array.from({ length: size }, (_, n) => ({
    customer: id(1, n) as CustomerId,
    account: id(2, n) as AccountId,
  }));
}

/** What became of a question, and when. */
export interface Asked {
  readonly asker: number;
  readonly atMs: number;
  readonly doneMs: number;
  readonly isFresh: boolean;
}

/** How questions follow one another: each as long after the last, or a Poisson stream. */
export type Spacing = 'even' | 'random';

/**
 * Asks in an open model for `seconds`, `perSecond` on average, whether or not anything is answered. Answers every
 * question with what became of it, once all are done.
 */
export async function ask(
  perSecond: number,
  seconds: number,
  random: () => number,
  one: () => { readonly asker: number; readonly isFresh: Promise<boolean> },
  spacing: Spacing = 'random',
): Promise<Asked[]> {
  const apart = (): number => (spacing === 'even' ? 1 : -Math.log(1 - random()));
  const begin = performance.now();
  const asked: Promise<Asked>[] = [];
  let nextMs = begin;
  while (nextMs < begin + seconds * 1_000) {
    const now = performance.now();
    for (; nextMs <= now; nextMs += (apart() * 1_000) / perSecond) {
      const { asker, isFresh } = one();
      asked.push(
        isFresh.then((fresh) => {
          const doneMs = performance.now() - begin;
          return { asker, atMs: now - begin, doneMs, isFresh: fresh };
        }),
      );
    }
    const waitMs = Math.max(1, nextMs - performance.now());
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return Promise.all(asked);
}

/** Fresh answers that came in a stretch of time, per second. */
export const freshPerSecond = (asked: readonly Asked[], fromMs: number, toMs: number): number =>
  asked.filter(({ isFresh, doneMs }) => isFresh && doneMs >= fromMs && doneMs < toMs).length /
  ((toMs - fromMs) / 1_000);

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
};
