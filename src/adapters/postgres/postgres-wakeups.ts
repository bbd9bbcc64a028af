import pg from 'pg';
import type { Wakeups, WakeupTopic } from '../../application/ports/wakeups.ts';

const topics: readonly WakeupTopic[] = ['live', 'outbox'];
const reconnectMs = 1_000;

/** Hears NOTIFY on one connection of its own and connects again when that breaks. */
export class PostgresWakeups implements Wakeups {
  readonly #url: string;
  readonly #listeners = new Map<WakeupTopic, Set<(key: string) => void>>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string) {
    this.#url = url;
  }

  on(topic: WakeupTopic, listener: (key: string) => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(topic, listeners);
    return () => listeners.delete(listener);
  }

  /** Starts to listen; resolves once it hears. */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'kabinet-listen',
    });
    this.#client = client;
    client.on('error', () => undefined);
    client.on('end', () => {
      this.#startLater();
    });
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.#listeners.get(channel as WakeupTopic) ?? [])
        listener(payload ?? '');
    });
    await client.connect();
    await client.query(topics.map((topic) => `LISTEN ${topic}`).join(';'));
  }

  #startLater(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.start().catch(() => {
        this.#startLater();
      });
    }, reconnectMs);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }
}
