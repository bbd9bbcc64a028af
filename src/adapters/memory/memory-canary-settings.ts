import type { Canary, CanarySettings } from '../../application/ports/canary-settings.ts';

/** Canaries in a list. */
export class MemoryCanarySettings implements CanarySettings {
  #canaries: readonly Canary[] = [];

  async read(): Promise<readonly Canary[]> {
    return this.#canaries;
  }

  async keep(canaries: readonly Canary[]): Promise<void> {
    this.#canaries = [...new Map(canaries.map((one) => [one.id, one])).values()];
  }
}
