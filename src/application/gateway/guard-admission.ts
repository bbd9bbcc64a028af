import { attackSignIn } from '../../domain/protection/detectors/attack-text.ts';
import { recentKeys } from '../../domain/protection/detectors/recent-keys.ts';
import type { DetectionSettings } from '../../domain/protection/detectors/settings.ts';
import { type Suspect, type Whence, whoOf } from '../../domain/protection/detectors/watched.ts';
import { admit as admitAt, type ArrivalMs } from '../../domain/protection/rate.ts';
import { refused } from '../../domain/result.ts';
import { minute, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Envelope } from '../ports/envelope.ts';
import type { OwnershipStore } from '../ports/ownership-store.ts';
import { accountIn, type AdmitMessage, type AdmitRefusal } from './admit-message.ts';
import type { CanaryList } from './canary-list.ts';
import type { MeasuresInForce } from './measures-in-force.ts';
import { whenceOf } from './note-refusal.ts';
import type { IncidentTeller } from './tell-incidents.ts';
import type { TrafficWatch } from './watch-traffic.ts';

/** What the guard goes by. */
export interface GuardNeeds {
  readonly watch: Pick<TrafficWatch, 'noteNow' | 'note'>;
  readonly incidents: Pick<IncidentTeller, 'tell'>;
  readonly measures: Pick<MeasuresInForce, 'of'>;
  readonly canaries: Pick<CanaryList, 'has'>;
  readonly ownership: OwnershipStore;
  readonly settings: Pick<DetectionSettings, 'throttle' | 'clockSkewMs'>;
}

const throttledLimit = 10_000;

/**
 * Stands before admission: holds back who is quarantined or throttled, and tells the watch of suspicious texts
 * and clocks that are wrong. Its answers are those of every day, and take as long. Commands
 * pass: they carry money that was taken already.
 */
export const guardAdmission = (needs: GuardNeeds, clock: Clock) => {
  const hold = holdBack(needs);
  return (admit: AdmitMessage): AdmitMessage =>
    async (request) => {
      const { envelope } = request;
      const now = clock.now();
      const account = accountIn(envelope.data);
      const from = whenceOf(envelope);
      noteOddities(needs, envelope, from, now);
      const held = envelope.messageClass === 'query' ? hold(from, now) : undefined;
      const answer =
        held === undefined ? await admit(request) : await notNow(needs, envelope, held);
      if (account === undefined || !answer.ok || !needs.canaries.has(account)) return answer;

      if (envelope.messageClass === 'query') return refused({ reason: 'foreign-object' });
      needs.watch.noteNow({ kind: 'canary', at: now, from, object: account });
      return answer;
    };
};

const noteOddities = (
  { watch, incidents, settings: { clockSkewMs } }: GuardNeeds,
  envelope: Envelope,
  from: Whence,
  now: Instant,
): void => {
  const { source, issuedAt, expiresAt, messageClass, data } = envelope;
  // A command may wait for days, a query for less than its life.
  const isLate = messageClass === 'query' && now - expiresAt > clockSkewMs;
  if (issuedAt - now > clockSkewMs || isLate) {
    const evidence = `${source} is at ${issuedAt - now} ms from here`;
    incidents.tell({ detector: 'clock-skew', target: source, evidence });
  }
  const sign = attackSignIn(data);
  if (sign !== undefined) watch.note({ kind: 'text', at: now, from, sign });
};

/** Why somebody is held back, if they are. */
const holdBack = ({ measures, settings: { throttle } }: GuardNeeds) => {
  const arrivals = recentKeys<{ arrivalMs: ArrivalMs | undefined }>(throttledLimit, minute, () => ({
    arrivalMs: undefined,
  }));
  return (from: Whence, now: Instant): AdmitRefusal | undefined => {
    const people: readonly Suspect[] = [whoOf(from), { kind: 'customer', id: from.customer }];
    const kinds = people.map((who) => measures.of(who, now)?.kind);
    if (kinds.includes('quarantine')) return { reason: 'quarantined' };
    if (!kinds.includes('throttle')) return undefined;

    const arrival = arrivals.of(from.customer, now);
    const answer = admitAt(throttle, arrival.arrivalMs, 1, now);
    if (!answer.admitted) return { reason: 'over-budget', retryAfterMs: answer.retryAfterMs };
    arrival.arrivalMs = answer.arrivalMs;
    return undefined;
  };
};

/** Looks the owner up as admission does: who is held back shall not learn it from the time or the kind of the answer. */
const notNow = async (
  { ownership }: GuardNeeds,
  { data, subject }: Envelope,
  held: AdmitRefusal,
): Promise<{ readonly ok: false; readonly refusal: AdmitRefusal }> => {
  const account = accountIn(data);
  const owner = account === undefined ? subject : await ownership.ownerOf(account, subject);
  return refused(owner === subject ? held : { reason: 'foreign-object' });
};
