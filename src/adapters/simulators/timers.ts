/** The simulators' time and pending work: everything they do later, ended together when they stop. */
export class Timers {
  readonly #stopped = new AbortController();
  readonly #pending = new Set<() => void>();

  /** Aborted when the simulators stop; network calls listen to it. */
  get stopped(): AbortSignal {
    return this.#stopped.signal;
  }

  /** Milliseconds since 1970, as the simulated world has it. */
  now(): number {
    return Date.now();
  }

  /** Waits; ends early, without an error, when the simulators stop. */
  sleep(delayMs: number): Promise<void> {
    if (this.stopped.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        this.#pending.delete(wake);
        resolve();
      };
      const cancel = this.alarm(delayMs, wake);
      this.#pending.add(wake);
    });
  }

  /** Does the work after the delay, unless the simulators have stopped by then. */
  after(delayMs: number, work: () => void): void {
    void this.sleep(delayMs).then(() => {
      if (!this.stopped.aborted) work();
    });
  }

  /** Notes work that takes real time, so that a clock moved by hand waits for it. */
  busy<Value>(work: Promise<Value>): Promise<Value> {
    return work;
  }

  stop(): void {
    this.#stopped.abort();
    for (const wake of [...this.#pending]) wake();
  }

  /** Rings once after the delay; the answer takes it back. */
  protected alarm(delayMs: number, ring: () => void): () => void {
    const timer = setTimeout(ring, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  }
}
