import { day } from '../../time.ts';
import type { DetectionSettings } from './settings.ts';
import { timeBuckets } from './time-buckets.ts';
import { nothing, type Detector, type Finding } from './watched.ts';

/** Days a customer's own usual is taken from. */
const days = 28;
/** A byte for a day: more than 255 documents a day are 255. */
const most = 255;

/**
 * One customer or operator fetches far more documents than all but a few and than they themselves ever did. Today's
 * number is held against yesterday's of all, and against their own median of four weeks.
 */
export function harvestDetector(settings: DetectionSettings['harvest']): Detector {
  const { operations, medianRatio, minADay, customers } = settings;
  const bucketsEnded = timeBuckets(day);
  const slots = new Map<string, Uint8Array>();
  let today = 0;
  let usualMost = minADay;
  const countOf = (customer: string): { slot: Uint8Array; count: number } | undefined => {
    let slot = slots.get(customer);
    if (slot === undefined) {
      if (slots.size >= customers) return undefined;
      slot = new Uint8Array(days + 1);
      slots.set(customer, slot);
    }
    const count = Math.min(most, (slot[today] ?? 0) + 1);
    slot[today] = count;
    return { slot, count };
  };
  const endDay = (): void => {
    const counts = [...slots.values()]
      .map((slot) => slot[today] ?? 0)
      .filter((count) => count > 0)
      .sort((a, b) => a - b);
    usualMost = Math.max(minADay, counts[Math.floor(counts.length * settings.quantile)] ?? 0);
    today = (today + 1) % (days + 1);
    for (const [customer, slot] of slots) {
      slot[today] = 0;
      if (slot.every((count) => count === 0)) slots.delete(customer);
    }
  };
  const fetched = (customer: string): readonly Finding[] => {
    const counted = countOf(customer);
    if (counted === undefined || counted.count <= usualMost) return nothing;
    const usual = medianBut(counted.slot, today);
    const threshold = Math.max(usualMost, medianRatio * usual);
    // Told once, as the threshold is passed.
    if (counted.count !== Math.floor(threshold) + 1) return nothing;
    const evidence = `${counted.count} documents today, own median ${usual}, most of others ${usualMost}`;
    const suspects = [{ kind: 'customer', id: customer }] as const;
    return [{ detector: 'harvest', target: customer, evidence, suspects, measure: 'throttle' }];
  };
  return {
    see: (event) => {
      for (let ended = bucketsEnded(event.at); ended > 0; ended -= 1) endDay();
      if (event.kind !== 'message' || event.passing.passage !== 'passed') return nothing;
      return operations.includes(event.passing.operation)
        ? fetched(event.passing.customer)
        : nothing;
    },
  };
}

const medianBut = (slot: Uint8Array, without: number): number => {
  const others = [...slot].filter((_, at) => at !== without).sort((a, b) => a - b);
  return others[Math.floor(others.length / 2)] ?? 0;
};
