/** A part that runs until it is stopped; stopping lets what is under way finish. */
export interface Running {
  stop(): Promise<void>;
}

/** Collects what was started, and stops it in the opposite order; one that fails does not keep the rest running. */
export class Started implements Running {
  readonly #stops: (() => unknown)[] = [];

  /** Remembers how to stop what was just started. */
  add(stop: () => unknown): void {
    this.#stops.push(stop);
  }

  async stop(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) {
      try {
        await stop();
      } catch {
        // It is going away anyhow.
      }
    }
  }
}

/** Runs the start; what had been started already is stopped again when a later step fails. */
export async function starting<Value>(
  work: (started: Started) => Promise<Value>,
): Promise<Value & Running> {
  const started = new Started();
  try {
    const value = await work(started);
    return Object.assign(value as object, { stop: () => started.stop() }) as Value & Running;
  } catch (error) {
    await started.stop();
    throw error;
  }
}
