import type { Wakeups, WakeupTopic } from '../../application/ports/wakeups.ts';

/** Wake-ups inside one process. */
export class MemoryWakeups implements Wakeups {
  readonly #listeners = new Map<WakeupTopic, Set<(key: string) => void>>();

  on(topic: WakeupTopic, listener: (key: string) => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(topic, listeners);
    return () => listeners.delete(listener);
  }

  /** Tells everybody who listens, at once. */
  tell(topic: WakeupTopic, key: string): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener(key);
  }
}
