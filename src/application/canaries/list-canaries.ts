import { ok, refused, type Result } from '../../domain/result.ts';
import { later, type Instant, second } from '../../domain/time.ts';
import type { CanarySettings } from '../ports/canary-settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { GatewayBeat } from '../ports/inside-messages.ts';
import type { RealIds } from '../ports/real-ids.ts';

/** Tells one gateway the whole list; one that is lost is followed by another. */
export type SendCanaries = (instance: string, seq: number, ids: readonly string[]) => Promise<void>;

/** The settings name what is no canary: ids that mean somebody. */
export interface RealCanaries {
  readonly reason: 'real';
  readonly ids: readonly string[];
}

/** The inside's part in canaries: it knows which ids nobody has, and tells the gateways. */
export interface CanaryListing {
  /**
   * Takes what the settings say now, and tells every gateway that is there if it is another list. Where they name a
   * real customer or account, or cannot be read, the list of before goes on.
   */
  refresh(): Promise<Result<number, RealCanaries>>;
  /** Tells a gateway that has appeared, or was told long ago. */
  heard(beat: Pick<GatewayBeat, 'instance' | 'startedAt'>): Promise<void>;
}

/** How often a gateway is told again: the message may have been lost. */
const repeatMs = 30 * second;
/** A gateway not heard for so long is told when it comes back. */
const goneMs = 15 * second;

interface Told {
  readonly startedAt: string;
  readonly heardAt: Instant;
  /** Of the last list it was sent; undefined: of none. */
  readonly seq: number | undefined;
  readonly at: Instant;
}

export function listCanaries(
  settings: CanarySettings,
  real: RealIds,
  send: SendCanaries,
  clock: Clock,
): CanaryListing {
  const gateways = new Map<string, Told>();
  let ids: readonly string[] = [];
  // Grows with the clock, so that a restart does not begin below what was told.
  let seq: number = clock.now();

  const tell = async (instance: string, gateway: Told): Promise<void> => {
    gateways.set(instance, { ...gateway, seq, at: clock.now() });
    await send(instance, seq, ids);
  };
  return {
    refresh: async () => {
      const listed = (await settings.read()).map(({ id }) => id);
      const owned = await real.among(listed);
      if (owned.length > 0) return refused({ reason: 'real', ids: owned });
      if (isSame(ids, listed)) return ok(ids.length);

      ids = listed;
      seq = Math.max(seq + 1, clock.now());
      const now = clock.now();
      for (const [instance, gateway] of gateways) {
        if (now < later(gateway.heardAt, goneMs)) await tell(instance, gateway);
      }
      return ok(ids.length);
    },
    heard: async ({ instance, startedAt }) => {
      const now = clock.now();
      const before = gateways.get(instance);
      const isAnother = before?.startedAt !== startedAt;
      const gateway = {
        ...{ startedAt, heardAt: now },
        seq: isAnother ? undefined : before.seq,
        at: before?.at ?? now,
      };
      gateways.set(instance, gateway);
      const isDue = gateway.seq !== seq || now >= later(gateway.at, repeatMs);
      if (isDue) await tell(instance, gateway);
    },
  };
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));
