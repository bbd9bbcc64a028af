export const faultNames = [
  'hang-after-effect',
  'hang-before-effect',
  '500-after-effect',
  '500-before-effect',
  '429',
  'reset-after-effect',
  'reset-before-effect',
] as const;
export type FaultName = (typeof faultNames)[number];

export interface Fault {
  readonly fault: FaultName;
  /** How long a hanging call hangs. */
  readonly delayMs: number;
}

/** The calls of a payment system that can be made to fail. */
export const faultyCalls = ['create', 'query', 'capture', 'cancel', 'refund', 'list'] as const;
export type FaultyCall = (typeof faultyCalls)[number];

const PLANNED_LIMIT = 1_000;

/** The trouble ordered for the next calls of each kind, taken one by one. */
export class Faults {
  readonly #planned = new Map<FaultyCall, Fault[]>();
  readonly #chance: (call: FaultyCall) => Fault | undefined;

  /** `chance` is asked where nothing is planned: trouble by the dice of whoever runs the simulators. */
  constructor(chance: (call: FaultyCall) => Fault | undefined = () => undefined) {
    this.#chance = chance;
  }

  plan(call: FaultyCall, fault: Fault, times: number): void {
    const before = this.#planned.get(call) ?? [];
    const room = PLANNED_LIMIT - before.length;
    const more = Array.from({ length: Math.min(times, room) }, () => fault);
    this.#planned.set(call, [...before, ...more]);
  }

  take(call: FaultyCall): Fault | undefined {
    return this.#planned.get(call)?.shift() ?? this.#chance(call);
  }

  clear(): void {
    this.#planned.clear();
  }

  get plannedCount(): number {
    return [...this.#planned.values()].reduce((sum, each) => sum + each.length, 0);
  }
}
