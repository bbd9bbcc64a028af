import type { Instant } from '../../domain/time.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { EdgeDocuments, EdgeRow } from '../../domain/protection/edge.ts';
import type { SuspectKind } from '../../domain/protection/detectors/watched.ts';
import type { MeasureKind } from '../../domain/protection/suspicion.ts';
import type { LimitAnswer } from './limiter.ts';

/** Who fetches documents: a customer, or one of the staff. */
export type DocumentReader = EdgeDocuments['by'];

/** Query of a portal instance to the gateway: what its edge saw since the last one. */
export interface EdgeReport {
  readonly rows: readonly EdgeRow[];
  /** Requests by fingerprint of the browser, largest first. */
  readonly fingerprints: readonly number[];
  /** Documents by who fetched them. Portals of before the second version do not say. */
  readonly documents?: readonly EdgeDocuments[] | undefined;
}
/** Most rows, tries of all rows, fingerprints and so on of a report: it must fit into a message. */
export const edgeReportLimits = {
  rows: 200,
  tries: 300,
  fingerprints: 50,
  documents: 50,
  measures: 300,
} as const;

/** What the gateway wants done about somebody. */
export interface EdgeMeasure {
  readonly on: SuspectKind;
  readonly id: string;
  readonly measure: MeasureKind;
  /** ISO 8601. */
  readonly until: string;
}
/** The answer to a report: all measures in force. */
export interface EdgeMeasures {
  readonly measures: readonly EdgeMeasure[];
}

/** Takes a report to the gateway. Undefined where no answer came in time: nothing changes then. */
export interface EdgeLine {
  reportEdge(report: EdgeReport): Promise<EdgeMeasures | undefined>;
}

/** A finished request at the portal. */
export interface EdgeRequest {
  readonly address: string;
  readonly isSignedIn: boolean;
  readonly status: number;
  /** Method and route pattern. */
  readonly step: string;
  /** What tells browsers apart without naming anybody. */
  readonly fingerprint: string;
}

/** A customer who is signed in. */
export interface EdgeCaller {
  readonly customer: CustomerId;
  /** Digest of the session's token. */
  readonly session: string;
}

/**
 * The portal's eye on its own edge. Promises: it never throws, never waits and keeps a bounded memory; without a
 * gateway it lets everybody through.
 */
export interface EdgeWatch {
  note(request: EdgeRequest): void;
  /** Notes a try to sign in: a login with its password, or a code. */
  noteTry(kind: 'login' | 'code', subject: string, address: string, failed: boolean): void;
  /** Notes a document that was fetched; `id` is the customer's, or that of one of the staff. */
  noteDocument(by: DocumentReader, id: string): void;
  /** Whether somebody who is signed in may go on; documents are given out more slowly than pages. */
  admit(caller: EdgeCaller, wants?: 'document'): LimitAnswer;
  /** Whether somebody has to sign in again, with password and code, for what was seen since they did. */
  mustSignInAgain(caller: EdgeCaller, signedInAt: Instant): boolean;
  /** How long somebody who is not signed in has to wait, in milliseconds. */
  delayMs(address: string): number;
  /** Whether work must be proved before a password for this login is looked at. */
  asksForWork(address: string, login: string): boolean;
}
