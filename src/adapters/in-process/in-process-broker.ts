import type { Broker, WireMessage } from '../../application/ports/broker.ts';
import { Outage } from '../../application/ports/outage.ts';
import {
  type BrokerUser,
  deadLetterQueue,
  permissions,
  queues,
  type Vhost,
} from '../amqp/topology.ts';
import { InProcessQueue, type QueueWaits, usualWaits } from './in-process-queue.ts';

/** Dead messages kept for whoever looks; older ones are forgotten. */
const deadLimit = 1_000;

/**
 * The broker inside one process, by the same table of queues and permissions as RabbitMQ. It stores nothing:
 * a durable message is `taken` only once a consumer has finished with it, so until then its outbox keeps it.
 */
export class InProcessBrokers {
  readonly #queues = new Map<string, InProcessQueue>();
  readonly #routes = new Map<string, InProcessQueue>();
  readonly #dead: Record<Vhost, WireMessage[]> = { portal: [], core: [] };

  constructor(waits: QueueWaits = usualWaits) {
    for (const row of queues) {
      const queue = new InProcessQueue(row, waits, (message) => {
        this.#bury(row.vhost, message);
      });
      this.#queues.set(keyOf(row.vhost, row.name), queue);
      this.#routes.set(keyOf(row.vhost, row.exchange, row.routingKey), queue);
    }
  }

  /** The connection of one user to one virtual host. Throws an Error where the user has no permissions. */
  broker(vhost: Vhost, user: BrokerUser): Broker {
    const rights = permissions.find((row) => row.vhost === vhost && row.user === user);
    if (rights === undefined) throw new Error(`${user} may not connect to ${vhost}`);
    const mayWrite = new RegExp(rights.write);
    const mayRead = new RegExp(rights.read);
    const stops = new Set<() => Promise<void>>();
    return {
      publish: (message) => this.#publish(vhost, user, mayWrite, message),
      consume: (name, atOnce, take) => {
        const queue = this.#queues.get(keyOf(vhost, name));
        if (!mayRead.test(name) || queue === undefined) {
          return Promise.reject(new Error(`${user} may not read ${name} in ${vhost}`));
        }
        const stop = queue.consume(atOnce, take);
        stops.add(stop);
        return Promise.resolve(() => {
          stops.delete(stop);
          return stop();
        });
      },
      waiting: async (name) => Promise.resolve(this.#waiting(vhost, name)),
      close: async () => {
        await Promise.all([...stops].map((stop) => stop()));
        stops.clear();
      },
    };
  }

  /** What nobody could do, oldest first. */
  dead(vhost: Vhost): readonly WireMessage[] {
    return this.#dead[vhost];
  }

  #waiting(vhost: Vhost, name: string): number {
    if (name === deadLetterQueue[vhost]) return this.#dead[vhost].length;
    const queue = this.#queues.get(keyOf(vhost, name));
    if (queue === undefined) throw new Outage(`there is no queue ${name} in ${vhost}`);
    return queue.waiting();
  }

  async #publish(
    vhost: Vhost,
    user: BrokerUser,
    mayWrite: RegExp,
    message: WireMessage,
  ): Promise<'taken' | 'full'> {
    const { exchange, routingKey } = message;
    if (!mayWrite.test(exchange)) throw new Error(`${user} may not publish to ${exchange}`);
    if (message.userId !== user) throw new Error(`${user} may not publish as ${message.userId}`);

    const queue = this.#routes.get(keyOf(vhost, exchange, routingKey));
    if (queue === undefined) throw new Outage(`no queue takes ${routingKey} from ${exchange}`);
    return queue.offer(message);
  }

  #bury(vhost: Vhost, message: WireMessage): void {
    this.#dead[vhost].push(message);
    if (this.#dead[vhost].length > deadLimit) this.#dead[vhost].shift();
  }
}

const keyOf = (...parts: readonly string[]): string => parts.join(' ');
