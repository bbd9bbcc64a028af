import type {
  RefusedBody,
  RefusedBodyId,
  RefusedBodyStore,
} from '../../application/ports/refused-body-store.ts';
import { hour, type Instant } from '../../domain/time.ts';

/** Refused bodies in a list, oldest first. */
export class MemoryRefusedBodyStore implements RefusedBodyStore {
  #bodies: readonly RefusedBody[] = [];

  add(bodies: readonly RefusedBody[], perHour: number): Promise<void> {
    const fresh = bodies.filter(({ id }) => !this.#bodies.some((held) => held.id === id));
    const all = [...this.#bodies, ...fresh].toSorted(
      (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
    );
    this.#bodies = [...Map.groupBy(all, ({ at }) => Math.floor(at / hour)).values()].flatMap(
      (ofHour) => ofHour.slice(-perHour),
    );
    return Promise.resolve();
  }

  find(id: RefusedBodyId): Promise<RefusedBody | undefined> {
    return Promise.resolve(this.#bodies.find((body) => body.id === id));
  }

  list(
    limit: number,
    of?: { readonly incidentKey: string; readonly from: Instant; readonly to: Instant },
  ): Promise<RefusedBody[]> {
    const meant = this.#bodies.filter(
      ({ incidentKey, at }) =>
        of === undefined || (incidentKey === of.incidentKey && at >= of.from && at <= of.to),
    );
    return Promise.resolve(meant.toReversed().slice(0, limit));
  }

  forgetBefore(moment: Instant): Promise<void> {
    this.#bodies = this.#bodies.filter(({ at }) => at >= moment);
    return Promise.resolve();
  }
}
