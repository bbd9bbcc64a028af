import type { ChannelKind } from '../../domain/protection/flood-control.ts';
import type { Incident, IncidentId } from '../../domain/protection/incident.ts';
import type { ChannelAddress, NoticeDraft } from '../../domain/protection/notice.ts';
import type { Told } from '../../domain/protection/notice-plan.ts';
import type { ArrivalMs } from '../../domain/protection/rate.ts';
import type { Instant } from '../../domain/time.ts';

/** What was told of an incident: to people, and to programs. */
export interface ToldRecord {
  readonly people?: Told;
  readonly feeds?: Pick<Incident, 'severity' | 'state' | 'openings'>;
}
export interface DueIncident {
  readonly incident: Incident;
  readonly told: ToldRecord;
}
/** What was decided about an incident as it was at a revision; undefined `againAt`: look when it changes. */
export interface PlannedLook {
  readonly id: IncidentId;
  readonly revision: number;
  readonly told: ToldRecord;
  readonly againAt: Instant | undefined;
}

export type NoticeState = 'waiting' | 'sent' | 'failed';
export interface Notice extends NoticeDraft {
  readonly id: string;
  readonly createdAt: Instant;
  readonly state: NoticeState;
  /** Rounds over all its channels that failed. */
  readonly rounds: number;
  /** How often it was tried. */
  readonly attempts: number;
}
/** A notice before anything was tried. */
export type NewNotice = NoticeDraft & Pick<Notice, 'id' | 'createdAt'>;

/** How one try to send went. */
export interface Attempt {
  readonly at: Instant;
  readonly channel: ChannelKind;
  readonly outcome: 'accepted' | 'refused' | 'not-attempted' | 'unknown';
  /** Why it did not go, or the reference it goes by. */
  readonly note: string;
}
/** What a notice is after an attempt, or after it had to wait. */
export type NoticeProgress = Pick<
  Notice,
  'id' | 'state' | 'rounds' | 'attempts' | 'channels' | 'dueAt'
>;
export interface Bucket {
  readonly recipient: string;
  readonly channel: ChannelAddress['kind'];
  readonly arrivalMs: ArrivalMs;
}

/**
 * What is told of incidents, from the decision to the last attempt. Promises, proved by
 * test/contracts/notice-store.test.ts:
 * - a decision and the notices that follow from it are kept in one commit;
 * - an incident that changed since the decision is due again at once;
 * - nobody else gets a taken notice until its lease ends; every attempt is kept.
 */
export interface NoticeStore {
  /** Incidents to decide about by now, the gravest first. */
  due(now: Instant, limit: number): Promise<DueIncident[]>;
  plan(looks: readonly PlannedLook[], notices: readonly NewNotice[]): Promise<void>;
  /** Notices to send by now, the gravest first, then the oldest. */
  take(limit: number, leaseMs: number, now: Instant): Promise<Notice[]>;
  buckets(recipients: readonly string[]): Promise<Bucket[]>;
  /** Keeps how notices go on, and the attempt (of all of them in one message) that brought it about. */
  progress(notices: readonly NoticeProgress[], attempt?: Attempt, bucket?: Bucket): Promise<void>;
  attempts(id: string): Promise<Attempt[]>;
  /** Newest first. */
  list(limit: number): Promise<Notice[]>;
  forgetBefore(moment: Instant): Promise<number>;
}
