/** The simulators' pending work: everything they do later, ended together when they stop. */
export class Timers {
  readonly #stopped = new AbortController();
  readonly #pending = new Set<() => void>();

  /** Aborted when the simulators stop; network calls listen to it. */
  get stopped(): AbortSignal {
    return this.#stopped.signal;
  }

  /** Waits; ends early, without an error, when the simulators stop. */
  sleep(delayMs: number): Promise<void> {
    if (this.stopped.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#pending.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, delayMs);
      timer.unref();
      this.#pending.add(wake);
    });
  }

  /** Does the work after the delay, unless the simulators have stopped by then. */
  after(delayMs: number, work: () => void): void {
    void this.sleep(delayMs).then(() => {
      if (!this.stopped.aborted) work();
    });
  }

  stop(): void {
    this.#stopped.abort();
    for (const wake of [...this.#pending]) wake();
  }
}
