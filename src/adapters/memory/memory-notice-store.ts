import type {
  Attempt,
  Bucket,
  DueIncident,
  NewNotice,
  Notice,
  NoticeProgress,
  NoticeStore,
  PlannedLook,
} from '../../application/ports/notice-store.ts';
import type { Incident, IncidentId } from '../../domain/protection/incident.ts';
import { later, type Instant } from '../../domain/time.ts';

/** Notices in maps, beside the incidents they tell of. */
export class MemoryNoticeStore implements NoticeStore {
  readonly #incidents: { all(): Incident[] };
  readonly #looks = new Map<IncidentId, PlannedLook>();
  readonly #notices = new Map<string, Notice>();
  readonly #leases = new Map<string, Instant>();
  readonly #attempts = new Map<string, readonly Attempt[]>();
  readonly #buckets = new Map<string, Bucket>();

  constructor(incidents: { all(): Incident[] }) {
    this.#incidents = incidents;
  }

  async due(now: Instant, limit: number): Promise<DueIncident[]> {
    return this.#incidents
      .all()
      .filter(({ id, revision }) => {
        const look = this.#looks.get(id);
        if (look?.revision !== revision) return true;
        return look.againAt !== undefined && look.againAt <= now;
      })
      .toSorted((a, b) =>
        a.severity === b.severity ? a.firstAt - b.firstAt : a.severity < b.severity ? -1 : 1,
      )
      .slice(0, limit)
      .map((incident) => ({ incident, told: this.#looks.get(incident.id)?.told ?? {} }));
  }

  async plan(looks: readonly PlannedLook[], notices: readonly NewNotice[]): Promise<void> {
    for (const look of looks) this.#looks.set(look.id, look);
    for (const notice of notices) {
      this.#notices.set(notice.id, { ...notice, state: 'waiting', rounds: 0, attempts: 0 });
    }
  }

  async take(limit: number, leaseMs: number, now: Instant): Promise<Notice[]> {
    const taken = [...this.#notices.values()]
      .filter(({ id, state, dueAt }) => {
        const leasedUntil = this.#leases.get(id);
        return state === 'waiting' && dueAt <= now && (leasedUntil ?? now) <= now;
      })
      .toSorted((a, b) => (a.severity === b.severity ? 0 : a.severity < b.severity ? -1 : 1))
      .slice(0, limit);
    for (const { id } of taken) this.#leases.set(id, later(now, leaseMs));
    return taken;
  }

  async buckets(recipients: readonly string[]): Promise<Bucket[]> {
    return [...this.#buckets.values()].filter(({ recipient }) => recipients.includes(recipient));
  }

  async progress(
    notices: readonly NoticeProgress[],
    attempt?: Attempt,
    bucket?: Bucket,
  ): Promise<void> {
    for (const next of notices) {
      const held = this.#notices.get(next.id);
      if (held === undefined) continue;
      this.#notices.set(next.id, { ...held, ...next });
      this.#leases.delete(next.id);
      if (attempt === undefined) continue;
      this.#attempts.set(next.id, [...(this.#attempts.get(next.id) ?? []), attempt]);
    }
    if (bucket !== undefined) this.#buckets.set(`${bucket.channel}:${bucket.recipient}`, bucket);
  }

  async attempts(id: string): Promise<Attempt[]> {
    return [...(this.#attempts.get(id) ?? [])];
  }

  async list(limit: number): Promise<Notice[]> {
    return [...this.#notices.values()].toReversed().slice(0, limit);
  }

  async forgetBefore(moment: Instant): Promise<number> {
    const old = [...this.#notices.values()].filter(
      ({ state, createdAt }) => state !== 'waiting' && createdAt < moment,
    );
    for (const { id } of old) {
      this.#notices.delete(id);
      this.#attempts.delete(id);
    }
    return old.length;
  }
}
