import { day } from '../../time.ts';
import type { EdgeDocuments } from '../edge.ts';
import type { DetectionSettings } from './settings.ts';
import { timeBuckets } from './time-buckets.ts';
import { nothing, type Detector, type Finding } from './watched.ts';

/** Days a reader's own usual is taken from. */
const days = 28;
/** A byte for a day: more than 255 documents a day are 255. */
const most = 255;

type HarvestSettings = DetectionSettings['harvest'];

/**
 * One customer or operator fetches far more documents than all but a few of their kind and than they themselves ever
 * did: at the portal, or by operations that fetch them. Customers are slowed; operators are told of, for their
 * work may be behind it.
 */
export function harvestDetector(settings: HarvestSettings): Detector {
  const bucketsEnded = timeBuckets(day);
  const readers: Readonly<Record<EdgeDocuments['by'], Readers>> = {
    customer: readersOf(settings),
    operator: readersOf(settings),
  };
  const customerFetched = (id: string, count: number): readonly Finding[] =>
    readers.customer.fetched(id, count).map((evidence) => ({
      ...{ detector: 'harvest', target: id, evidence, measure: 'throttle' },
      suspects: [{ kind: 'customer', id }],
    }));
  const operatorFetched = (id: string, count: number): readonly Finding[] =>
    readers.operator.fetched(id, count).map((evidence) => ({
      detector: 'harvest',
      target: `operator ${id}`,
      evidence,
      suspects: [],
    }));
  return {
    see: (event) => {
      for (let ended = bucketsEnded(event.at); ended > 0; ended -= 1) {
        readers.customer.endDay();
        readers.operator.endDay();
      }
      if (event.kind === 'edge') {
        return event.documents.flatMap(({ by, id, count }) =>
          by === 'customer' ? customerFetched(id, count) : operatorFetched(id, count),
        );
      }
      if (event.kind !== 'message' || event.passing.passage !== 'passed') return nothing;
      const { operation, customer } = event.passing;
      return settings.operations.includes(operation) ? customerFetched(customer, 1) : nothing;
    },
  };
}

/** Readers of one kind. Today's number is held against yesterday's of all, and against their own median of four weeks. */
interface Readers {
  /** Counts, and says what is too much as often as the threshold is passed once more. */
  fetched(id: string, count: number): readonly string[];
  endDay(): void;
}

function readersOf({ medianRatio, minADay, quantile, customers }: HarvestSettings): Readers {
  const slots = new Map<string, Uint8Array>();
  let today = 0;
  let usualMost = minADay;
  const slotOf = (id: string): Uint8Array | undefined => {
    const slot = slots.get(id) ?? (slots.size < customers ? new Uint8Array(days + 1) : undefined);
    if (slot !== undefined) slots.set(id, slot);
    return slot;
  };
  return {
    fetched: (id, count) => {
      const slot = slotOf(id);
      if (slot === undefined) return [];
      const before = slot[today] ?? 0;
      const now = Math.min(most, before + count);
      slot[today] = now;
      if (now <= usualMost) return [];
      const usual = medianBut(slot, today);
      const threshold = Math.max(1, usualMost, medianRatio * usual);
      // Told anew with every multiple: a measure has ended by then, and the next one lasts longer.
      if (timesOver(now, threshold) <= timesOver(before, threshold)) return [];
      return [`${now} documents today, own median ${usual}, most of others ${usualMost}`];
    },
    endDay: () => {
      const counts = [...slots.values()]
        .map((slot) => slot[today] ?? 0)
        .filter((count) => count > 0)
        .sort((a, b) => a - b);
      usualMost = Math.max(minADay, counts[Math.floor(counts.length * quantile)] ?? 0);
      today = (today + 1) % (days + 1);
      for (const [id, slot] of slots) {
        slot[today] = 0;
        if (slot.every((count) => count === 0)) slots.delete(id);
      }
    },
  };
}

/** How many whole thresholds lie below a count. */
const timesOver = (count: number, threshold: number): number =>
  Math.max(0, Math.ceil(count / threshold) - 1);

const medianBut = (slot: Uint8Array, without: number): number => {
  const others = [...slot].filter((_, at) => at !== without).sort((a, b) => a - b);
  return others[Math.floor(others.length / 2)] ?? 0;
};
