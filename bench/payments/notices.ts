import { keys } from '../../src/main/keys.ts';
import { idOf } from './names.ts';
import type { Pgbench } from './pgbench.ts';
import { run, type Place } from './place.ts';
import type { BenchPortal } from './portal.ts';
import type { Script } from './script.ts';
import { awaitedPayments } from './seed.ts';

/** Milliseconds of notifications one after the other: the first delivery of each, and the second. */
export interface NoticeTimes {
  readonly first: readonly number[];
  readonly repeated: readonly number[];
}

/** Takes the notifications of `count` payments from the number `first` on, each of them twice. */
export async function takeNotices(
  { container, provider }: BenchPortal,
  first: number,
  count: number,
): Promise<NoticeTimes> {
  const take = container.get(keys.takeNotification);
  const raws = Array.from({ length: count }, (_, n) => first + n).map((n) =>
    provider.notice(idOf('awaited', n), `evt_awaited${n}`, `cs_test_awaited${n}`),
  );
  const delivered = async (expected: string): Promise<number[]> => {
    const times: number[] = [];
    for (const raw of raws) {
      const start = performance.now();
      const { result } = await take(provider.guard.provider, raw);
      times.push(performance.now() - start);
      if (result !== expected) throw new Error(`a notification was ${result}, not ${expected}`);
    }
    return times;
  };
  return { first: await delivered('moved'), repeated: await delivered('duplicate') };
}

/** The same SQL by pgbench. */
export async function pgbenchNotices(
  pgbench: Pgbench,
  place: Place,
  scripts: { readonly first: Script; readonly repeated: Script },
  numbers: Readonly<Record<'first' | 'count' | 'customers', number>>,
): Promise<NoticeTimes> {
  const { first, count, customers } = numbers;
  const by = async (script: Script): Promise<readonly number[]> => {
    const { times } = await pgbench({
      url: place.pgbenchUrl('portal'),
      script,
      connections: 1,
      until: ['-t', count],
      numbers: { i: 0, base: first * 10, clients: 1, first, customers },
      seed: 1,
    });
    return times;
  };
  return { first: await by(scripts.first), repeated: await by(scripts.repeated) };
}

/** Puts the payments of a round into both databases. */
export async function seedAwaited(
  place: Place,
  first: number,
  count: number,
  customers: number,
): Promise<void> {
  for (const url of [place.url('portal'), place.pgbenchUrl('portal')]) {
    await run(url, awaitedPayments(first, count, customers));
  }
}
