import type { Instant } from '../../domain/time.ts';

/** Tells the time. The only clock the core knows. */
export interface Clock {
  now(): Instant;
}
