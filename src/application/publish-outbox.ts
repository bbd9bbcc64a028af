import { later, minute, second, type Instant } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Outbox, OutboxTopic, TakenMessage } from './ports/outbox.ts';

/** What became of a message: gone for good, or to be tried again at a time. */
export type Delivery = 'done' | { readonly againAt: Instant };
export type Deliver = (message: TakenMessage) => Promise<Delivery>;

const leaseMs = 60 * second;
const batchSize = 200;
/** How many queues leave side by side; see `laneOf`. */
const lanes = 32;

/**
 * Sends what was committed, one batch; answers how many messages were taken. A delivery that throws is an outage:
 * the message waits longer each time and never gets lost. Messages of one customer and topic leave in order; those
 * of another topic do not wait for them.
 */
export const publishOutbox =
  (outbox: Outbox, deliver: Readonly<Partial<Record<OutboxTopic, Deliver>>>, clock: Clock) =>
  async (): Promise<number> => {
    const taken = await outbox.take(batchSize, leaseMs, clock.now());
    const done: string[] = [];
    const queues = [...Map.groupBy(taken, laneOf).values()];
    const lane = async (): Promise<void> => {
      for (let queue = queues.pop(); queue !== undefined; queue = queues.pop()) {
        for (const message of queue) {
          const delivery = await deliverOne(deliver, message, clock);
          if (delivery !== 'done') {
            await outbox.again(message.id, delivery.againAt);
            break;
          }
          done.push(message.id);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(lanes, queues.length) }, lane));
    if (done.length > 0) await outbox.done(done);
    return taken.length;
  };
export type PublishOutbox = ReturnType<typeof publishOutbox>;

/** Messages of one customer and topic leave one after another; those for nobody need not. */
const laneOf = ({ id, topic, customerId }: TakenMessage): string =>
  customerId === undefined ? id : `${topic} ${customerId}`;

const deliverOne = (
  deliver: Readonly<Partial<Record<OutboxTopic, Deliver>>>,
  message: TakenMessage,
  clock: Clock,
): Promise<Delivery> => {
  const send = deliver[message.topic];
  if (send === undefined) return Promise.resolve({ againAt: pause(message, clock.now()) });
  return send(message).catch(() => ({ againAt: pause(message, clock.now()) }));
};

/** 1 s, doubling to 5 minutes. */
const pause = (message: TakenMessage, now: Instant): Instant =>
  later(now, Math.min(5 * minute, second * 2 ** Math.min(message.attempts, 9)));
