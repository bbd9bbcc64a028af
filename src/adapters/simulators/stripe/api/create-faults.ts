export const faults = [
  'hang-after-effect',
  'hang-before-effect',
  '500-after-effect',
  '500-before-effect',
  '429',
  'reset-after-effect',
  'reset-before-effect',
] as const;

export interface Fault {
  readonly fault: (typeof faults)[number];
  readonly delayMs: number;
}

const PLANNED_LIMIT = 1_000;

/** The trouble ordered for the next calls that create a session, taken one by one. */
export class CreateFaults {
  #planned: Fault[] = [];

  plan(fault: Fault, times: number): void {
    const room = PLANNED_LIMIT - this.#planned.length;
    this.#planned.push(...Array.from({ length: Math.min(times, room) }, () => fault));
  }

  take(): Fault | undefined {
    return this.#planned.shift();
  }

  clear(): void {
    this.#planned = [];
  }

  get plannedCount(): number {
    return this.#planned.length;
  }
}
