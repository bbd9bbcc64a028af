import type { Passing } from '../../domain/protection/traffic.ts';

/** How many of one operation's messages passed and how many were busy, since the start. */
export interface TrafficCount {
  readonly passed: number;
  readonly busy: number;
}

export interface TrafficCounts {
  see(seen: Pick<Passing, 'operation' | 'passage'>): void;
  of(operation: string): TrafficCount;
}

export const countTraffic = (): TrafficCounts => {
  const counts = new Map<string, TrafficCount>();
  const of = (operation: string): TrafficCount => counts.get(operation) ?? { passed: 0, busy: 0 };
  return {
    of,
    see: ({ operation, passage }) => {
      const { passed, busy } = of(operation);
      if (passage === 'passed') counts.set(operation, { passed: passed + 1, busy });
      if (passage === 'busy') counts.set(operation, { passed, busy: busy + 1 });
    },
  };
};
