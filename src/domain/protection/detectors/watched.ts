import type { CustomerId } from '../../ids.ts';
import type { Instant } from '../../time.ts';
import type { DetectorCode, Severity } from '../detector.ts';
import type { EdgeDocuments, EdgeRow } from '../edge.ts';
import type { MeasureKind } from '../suspicion.ts';
import type { Passing } from '../traffic.ts';

/** Who something came from, as far as known. */
export interface Whence {
  readonly customer: CustomerId;
  readonly session: string | undefined;
  readonly subnet: string | undefined;
}

/** Something that holds or does not, and becomes trouble when it lasts. */
export type ConditionCode = 'grant-exhausted' | 'grant-late' | 'connector-silent';

/** All that detectors are shown. */
export type Watched =
  | { readonly kind: 'message'; readonly at: Instant; readonly passing: Passing }
  | {
      readonly kind: 'foreign-object' | 'canary';
      readonly at: Instant;
      readonly from: Whence;
      /** The id that was asked for. */
      readonly object: string;
    }
  | { readonly kind: 'text'; readonly at: Instant; readonly from: Whence; readonly sign: string }
  | {
      readonly kind: 'edge';
      readonly at: Instant;
      readonly rows: readonly EdgeRow[];
      /** How evenly browsers' fingerprints are spread, 0 to 1. */
      readonly fingerprintEvenness: number;
      readonly documents: readonly EdgeDocuments[];
    }
  | {
      readonly kind: 'condition';
      readonly at: Instant;
      readonly detector: ConditionCode;
      readonly target: string;
      readonly holds: boolean;
    }
  | { readonly kind: 'tick'; readonly at: Instant };

/** Whom a measure can meet. */
export type SuspectKind = 'session' | 'customer' | 'subnet' | 'login';
export interface Suspect {
  readonly kind: SuspectKind;
  readonly id: string;
}

/** What a detector found. */
export interface Finding {
  readonly detector: DetectorCode;
  readonly target: string;
  /** Where it is not the detector's usual one. */
  readonly severity?: Severity;
  /** Ids, counts and thresholds: enough to see later why it was found. */
  readonly evidence: string;
  /** Whose suspicion grows. */
  readonly suspects: readonly Suspect[];
  /** Taken on them at once, whatever their score. */
  readonly measure?: MeasureKind;
  /** The incident was raised where it was seen; here only suspicion grows. */
  readonly isTold?: true;
}

/**
 * Watches for one kind of trouble. Given the same seed, settings and events it finds the same: time comes with the
 * events. It keeps a bounded memory whatever comes.
 */
export interface Detector {
  see(event: Watched): readonly Finding[];
}

export const nothing: readonly Finding[] = [];

/** The session where it is known, else the customer. */
export const whoOf = ({ session, customer }: Omit<Whence, 'subnet'>): Suspect =>
  session === undefined ? { kind: 'customer', id: customer } : { kind: 'session', id: session };

/** Everybody behind it who may be suspected. */
export const suspectsOf = ({ customer, session, subnet }: Whence): Suspect[] => [
  whoOf({ customer, session }),
  ...(subnet === undefined ? [] : [{ kind: 'subnet' as const, id: subnet }]),
];
