import type { CustomerId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** What became of a message at the gateway. `busy`: no budget, no place or no time left · `refused`: a rule said no. */
export type Passage = 'passed' | 'busy' | 'refused';

/** One message of the portal as the detectors see it: who, what and what became of it, and nothing it says. */
export interface Passing {
  readonly at: Instant;
  readonly operation: string;
  readonly customer: CustomerId;
  /** By the customer assertion; undefined where none came with it. */
  readonly session: string | undefined;
  readonly subnet: string | undefined;
  /** What it costs the inside, in the units of its grant. */
  readonly cost: number;
  readonly passage: Passage;
}
