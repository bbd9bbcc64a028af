import type { CustomerId } from '../src/domain/ids.ts';
import { allDetectors } from '../src/domain/protection/detectors/all-detectors.ts';
import { usualDetection } from '../src/domain/protection/detectors/settings.ts';
import type { Watched } from '../src/domain/protection/detectors/watched.ts';
import { instant } from '../src/domain/time.ts';

/** What the detectors cost a message: time and memory over very many customers, beside a Map that only counts them. */
const customers = 600_000;
const messages = 2_000_000;
const perSecond = 2_000;

const ids = Array.from(
  { length: customers },
  (_, n) => `01890000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` as CustomerId,
);
const begin = 1_700_000_000_000;

/** Customers in an order that looks random: a step that shares no factor with their number. */
const messageAt = (n: number): Watched => {
  const at = instant(begin + Math.floor((n * 1_000) / perSecond));
  const customer = ids[(n * 7_919) % customers] ?? ids[0]!;
  return {
    kind: 'message',
    at,
    passing: {
      at,
      operation: 'ledger.read-account',
      customer,
      session: undefined,
      subnet: `10.${String(n % 200)}.${String((n * 31) % 256)}.0/24`,
      cost: 1,
      passage: n % 50 === 0 ? 'refused' : 'passed',
    },
  };
};

const heapMb = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};

const measure = (look: (event: Watched) => unknown): { ns: number; mb: number } => {
  const before = heapMb();
  let busyNs = 0;
  const chunk: Watched[] = [];
  for (let n = 0; n < messages;) {
    chunk.length = 0;
    for (let in1 = 0; in1 < 10_000; in1 += 1, n += 1) chunk.push(messageAt(n));
    const start = process.hrtime.bigint();
    for (const event of chunk) look(event);
    busyNs += Number(process.hrtime.bigint() - start);
  }
  chunk.length = 0;
  return { ns: busyNs / messages, mb: heapMb() - before };
};

const harvested = { ...usualDetection.harvest, operations: ['ledger.read-account'] };
const kinds = {
  'a Map that counts customers': () => {
    const counts = new Map<string, number>();
    return (event: Watched) => {
      if (event.kind !== 'message') return;
      const { customer } = event.passing;
      counts.set(customer, (counts.get(customer) ?? 0) + 1);
    };
  },
  'all detectors, usual settings': () => {
    const detectors = allDetectors(usualDetection, 1);
    return (event: Watched) => {
      for (const detector of detectors) detector.see(event);
    };
  },
  'all detectors, every message a document': () => {
    const detectors = allDetectors({ ...usualDetection, harvest: harvested }, 1);
    return (event: Watched) => {
      for (const detector of detectors) detector.see(event);
    };
  },
};

console.log(
  `${String(messages)} messages of ${String(customers)} customers, ${String(perSecond)} a second of their time`,
);
for (const [name, open] of Object.entries(kinds)) {
  const look = open();
  const { ns, mb } = measure(look);
  // Kept until the memory has been measured.
  look(messageAt(messages));
  console.log(
    `${name.padEnd(42)} ${ns.toFixed(0).padStart(6)} ns a message ${mb.toFixed(0).padStart(5)} MB`,
  );
}
if (globalThis.gc === undefined)
  console.log('memory is rough: run node --expose-gc bench/run.ts detectors');
