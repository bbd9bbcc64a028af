import type { Fault, FaultyCall } from './faults.ts';
import type { Timers } from './timers.ts';

/** What every simulated payment system finds around it. */
export interface World {
  /** Where browsers find the simulators, without a slash at the end. */
  readonly publicUrl: string;
  readonly timers: Timers;
  /** Trouble by the dice of whoever runs the simulators, for soaks; none in the demo. */
  readonly callTrouble?: (system: string, call: FaultyCall) => Fault | undefined;
  readonly noticeTrouble?: (system: string) => 'lost' | 'twice' | 'late' | undefined;
}
