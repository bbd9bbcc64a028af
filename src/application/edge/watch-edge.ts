import { normaliseLogin } from '../../domain/sign-in.ts';
import { type Instant, minute, parseInstant, second } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { EdgeLine, EdgeMeasure, EdgeWatch } from '../ports/edge-watch.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { Secrets } from '../ports/secrets.ts';
import { edgeTally } from './edge-tally.ts';
import { numberIn } from './number-row.ts';
import { subnetOf } from './subnet.ts';

/** How long one waits who is slowed: from the first to the second, never the same. */
const delayMs = [second, 3 * second] as const;
/** A throttled customer gets one request in this time: a tenth of what browsing takes. */
const throttledEveryMs = 5 * second;
/** And one document in this time: a thief of a session gets little, an owner what they need today. */
const documentEveryMs = minute;
const throttledLimit = 10_000;
/** Of a digest so much tells two logins apart. */
const digestLength = 22;

/** A measure, and when this portal first heard of it. */
type LearntMeasure = EdgeMeasure & { readonly learntAt: Instant };

/**
 * Watches the portal's edge: counts what comes, tells the gateway of it and does what the gateway then asks for.
 * Logins leave the portal as keyed digests only; `sessionName` is what the gateway knows a session by.
 */
export const watchEdge = (
  line: EdgeLine,
  secrets: Pick<Secrets, 'mac'>,
  randomness: Pick<Randomness, 'bytes'>,
  clock: Clock,
  sessionName: (tokenHash: string) => string,
): EdgeWatch & { report(): Promise<void> } => {
  const tally = edgeTally();
  const measures = learntMeasures(clock);
  const slowly = throttle(throttledEveryMs);
  const fewDocuments = throttle(documentEveryMs);

  const heldAgainst = (customer: string, session: string) => [
    measures.on('session', sessionName(session)),
    measures.on('customer', customer),
  ];
  const digestOf = (kind: 'login' | 'code', subject: string): string =>
    secrets.mac(`edge ${kind} ${subject}`).slice(-digestLength);
  return {
    note: (request) => {
      tally.add(subnetOf(request.address), request);
    },
    noteTry: (kind, subject, address, failed) => {
      const named = kind === 'login' ? normaliseLogin(subject) : subject;
      const number = kind === 'login' ? numberIn(named) : undefined;
      tally.addTry(subnetOf(address), digestOf(kind, named), failed, number);
    },
    noteDocument: (by, id) => {
      tally.addDocument(by, id);
    },
    admit: ({ customer, session }, wants) => {
      if (measures.areNone()) return { allowed: true };
      const kinds = heldAgainst(customer, session).map((measure) => measure?.measure);
      if (kinds.includes('quarantine')) return { allowed: false, retryAfterMs: throttledEveryMs };
      if (!kinds.includes('throttle')) return { allowed: true };
      const pace = wants === 'document' ? fewDocuments : slowly;
      const retryAfterMs = pace(customer, clock.now());
      return retryAfterMs > 0 ? { allowed: false, retryAfterMs } : { allowed: true };
    },
    mustSignInAgain: ({ customer, session }, signedInAt) => {
      const found = measures.areNone() ? [] : heldAgainst(customer, session);
      return found.some((one) => one?.measure === 'step-up' && signedInAt < one.learntAt);
    },
    delayMs: (address) => {
      if (measures.on('subnet', subnetOf(address)) === undefined) return 0;
      const [least, most] = delayMs;
      const [dice = 0] = randomness.bytes(1);
      return Math.round(least + ((most - least) * dice) / 255);
    },
    asksForWork: (address, login) =>
      measures.on('subnet', subnetOf(address)) !== undefined ||
      measures.on('login', digestOf('login', normaliseLogin(login))) !== undefined,
    report: async () => {
      const report = tally.take();
      if (report === undefined) return;
      const answer = await line.reportEdge(report);
      if (answer !== undefined) measures.learn(answer.measures);
    },
  };
};

/** What the gateway wants done, as it was heard last. */
const learntMeasures = (clock: Clock) => {
  let measures: ReadonlyMap<string, LearntMeasure> = new Map();
  return {
    areNone: (): boolean => measures.size === 0,
    on: (kind: EdgeMeasure['on'], id: string): LearntMeasure | undefined => {
      const found = measures.get(`${kind} ${id}`);
      const until = found && parseInstant(found.until);
      return until !== undefined && clock.now() < until ? found : undefined;
    },
    learn: (heard: readonly EdgeMeasure[]): void => {
      const now = clock.now();
      const learnt = heard.map((one) => {
        const key = `${one.on} ${one.id}`;
        const before = measures.get(key);
        // The same measure goes on: who has proved themselves since it began has proved it.
        const isSame = before?.measure === one.measure && before.until === one.until;
        return [key, { ...one, learntAt: isSame ? before.learntAt : now }] as const;
      });
      measures = new Map(learnt);
    },
  };
};

/** Answers how long one must wait before the next request, and counts it where it is none. */
const throttle = (everyMs: number) => {
  const passedAt = new Map<string, Instant>();
  return (key: string, now: Instant): number => {
    const waitMs = (passedAt.get(key) ?? -Infinity) + everyMs - now;
    if (waitMs > 0) return waitMs;
    passedAt.delete(key);
    passedAt.set(key, now);
    const [oldest] = passedAt.keys();
    if (passedAt.size > throttledLimit && oldest !== undefined) passedAt.delete(oldest);
    return 0;
  };
};
