import { beatOf, type BeatNeeds } from '../adapters/amqp/gateway-beat.ts';
import type { GatewayRelay } from '../adapters/amqp/gateway-relay.ts';
import type { Controls } from '../adapters/amqp/relay-needs.ts';
import { countTraffic, type TrafficCounts } from '../application/gateway/count-traffic.ts';
import type { LoadCurb } from '../application/gateway/curb-load.ts';
import {
  type OperationBudgets,
  operationBudgets,
} from '../application/gateway/operation-budgets.ts';
import { type QueryGate, queryGate } from '../application/gateway/query-gate.ts';
import { takeGrants } from '../application/gateway/take-grants.ts';
import type { BudgetGranted } from '../application/ports/inside-messages.ts';
import { keyedRates } from '../domain/protection/keyed-rates.ts';
import type { Instant } from '../domain/time.ts';
import { loop } from './loop.ts';
import type { Running } from './running.ts';

/** How often a gateway tells the inside of itself, and while it has no grant yet. */
const beatEveryMs = 5_000;
const firstBeatsEveryMs = 1_000;

/** A gateway's budgets: nothing passes until the inside has granted it. */
export interface GatewayBudgets {
  readonly budgets: OperationBudgets;
  readonly gate: QueryGate;
  readonly counts: TrafficCounts;
  readonly controls: Controls;
  /** When the inside last granted anything; at first, when the gateway started. */
  grantedAt(): Instant;
  /** Starts telling the inside that the relay works. */
  start(relay: GatewayRelay, needs: Omit<BeatNeeds, 'budgets' | 'gate' | 'counts'>): Running;
}

export function gatewayBudgets(
  now: () => Instant,
  curb: Pick<LoadCurb, 'at'>,
  report: (error: unknown) => void,
  record: (kind: string, who: string, what: string) => void,
): GatewayBudgets {
  const budgets = operationBudgets([], (at) => curb.at(at));
  const gate = queryGate(budgets, keyedRates(now()));
  const counts = countTraffic();
  const take = takeGrants(budgets);
  let grantedAt = now();
  let granted: (message: BudgetGranted, isOther: boolean) => void = () => undefined;
  return {
    budgets,
    gate,
    counts,
    grantedAt: () => grantedAt,
    controls: {
      'gateway.budget-granted': ({ data }) => {
        // The reader has held the data against the schema of the type.
        const message = data as BudgetGranted;
        grantedAt = now();
        const isOther = take(message, now());
        if (isOther) record('grant', 'inside', grantText(message));
        granted(message, isOther);
      },
    },
    start: (relay, needs) => {
      const beat = beatOf({ ...needs, budgets, gate, counts });
      const beats = loop(() => beat().then(() => false), beatEveryMs, report);
      // No grant yet: the beat may have been lost, or the inside not been there.
      const first = setInterval(() => {
        if (budgets.states(now()).length > 0) clearInterval(first);
        else beats.wake();
      }, firstBeatsEveryMs);
      granted = (message, isOther) => {
        if (isOther) beats.wake();
        relay.share(message.gateways).catch(report);
      };
      return {
        stop: async () => {
          clearInterval(first);
          await beats.stop();
        },
      };
    },
  };
}

const grantText = ({ grants }: BudgetGranted): string =>
  grants
    .map(({ operation, mode, rate, concurrency }) =>
      [operation, mode, `${rate.perSecond}/s`, `${concurrency} at once`].join(' '),
    )
    .join(', ');
