import type { Grant } from '../../domain/protection/grant.ts';
import { later, second } from '../../domain/time.ts';
import type { BudgetSettings } from '../ports/budget-settings.ts';
import type { Clock } from '../ports/clock.ts';
import { gatewayShares, type HeardBeat } from './gateway-shares.ts';

/** Tells one gateway its grants, and which gateways there are. */
export type SendGrants = (
  instance: string,
  grants: readonly Grant[],
  gateways: readonly string[],
) => Promise<void>;

export interface GrantBudgets {
  /** Answers a gateway's beat with its grants, and tells the others if theirs change by it. */
  heard(beat: HeardBeat): Promise<void>;
  /** Tells every gateway anew: a setting was changed. */
  announce(): Promise<void>;
}

/** How long a grant holds; every beat renews it. */
export const grantTermMs = 30 * second;
/** After so long every gateway that is there was heard, whatever was forgotten by a restart. */
const settleMs = 6 * second;

/** Splits what the inside grants between the gateways that are there; together they never hold more than it. */
export function grantBudgets(
  settings: BudgetSettings,
  send: SendGrants,
  clock: Clock,
): GrantBudgets {
  const shares = gatewayShares();
  const startedAt = clock.now();
  let lastSeq = 0;

  const tell = async (instance: string): Promise<void> => {
    const all = await settings.read();
    const now = clock.now();
    const expiresAt = later(now, grantTermMs);
    const grants = all.map((setting): Grant => {
      const { operation, cost, mode, customer } = setting;
      const { limits, safe } = shares.share(instance, setting, now);
      // Grows with the clock too, so that a restart does not begin below what was given.
      const seq = (lastSeq = Math.max(lastSeq + 1, now));
      shares.give(instance, operation, { seq, limits, expiresAt }, now);
      return { operation, seq, ...limits, cost, mode, customer, expiresAt, safe };
    });
    await send(instance, grants, shares.gateways(now));
  };
  return {
    heard: async (beat) => {
      const now = clock.now();
      shares.heard(beat, now);
      // We may have forgotten what others hold: who has a grant of before our start goes on with it for now.
      const isOld = [...beat.held.values()].some(({ seq }) => seq < startedAt);
      if (now - startedAt < settleMs && isOld) return;
      await tell(beat.instance);
      const all = await settings.read();
      for (const other of shares.gateways(now)) {
        if (all.some((setting) => shares.isStale(other, setting, clock.now()))) await tell(other);
      }
    },
    announce: async () => {
      for (const instance of shares.gateways(clock.now())) await tell(instance);
    },
  };
}
