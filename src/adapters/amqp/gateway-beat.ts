import type { TrafficCounts } from '../../application/gateway/count-traffic.ts';
import type { OperationBudgets } from '../../application/gateway/operation-budgets.ts';
import type { QueryGate } from '../../application/gateway/query-gate.ts';
import type { Broker } from '../../application/ports/broker.ts';
import { nobody } from '../../application/ports/envelope.ts';
import type { GatewayBeat } from '../../application/ports/inside-messages.ts';
import { type Instant, isoText } from '../../domain/time.ts';
import type { MessageWriter } from './message-writer.ts';
import { places } from './places.ts';

/** What a gateway tells of itself. */
export interface BeatNeeds {
  /** User `gateway` in the virtual host `core`. */
  readonly core: Broker;
  readonly writer: MessageWriter;
  readonly instance: string;
  readonly budgets: OperationBudgets;
  readonly gate: QueryGate;
  readonly counts: TrafficCounts;
  readonly now: () => Instant;
}

/** Tells the inside that this gateway is there and how its budgets stand. A beat that is lost is followed by the next. */
export const beatOf = (needs: BeatNeeds): (() => Promise<void>) => {
  const startedAt = isoText(needs.now());
  return async () => {
    const data: GatewayBeat = { instance: needs.instance, startedAt, budgets: budgetsOf(needs) };
    const draft = { type: 'gateway.beat', subject: nobody, data } as const;
    await needs.core.publish(needs.writer.write(draft, places.beat));
  };
};

const budgetsOf = ({ budgets, gate, counts, now }: BeatNeeds): GatewayBeat['budgets'] =>
  budgets.states(now()).map(({ grant, underWay }) => ({
    operation: grant.operation,
    seq: grant.seq,
    expiresAt: isoText(grant.expiresAt),
    rate: grant.rate,
    concurrency: grant.concurrency,
    underWay,
    waiting: gate.waiting(grant.operation),
    ...counts.of(grant.operation),
  }));
