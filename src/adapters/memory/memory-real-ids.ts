import type { RealIds } from '../../application/ports/real-ids.ts';

/** Real ids in a set. */
export class MemoryRealIds implements RealIds {
  readonly #real: ReadonlySet<string>;

  constructor(real: readonly string[]) {
    this.#real = new Set(real);
  }

  async among(ids: readonly string[]): Promise<readonly string[]> {
    return ids.filter((id) => this.#real.has(id));
  }
}
