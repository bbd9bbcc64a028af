import {
  type DocumentReader,
  type EdgeReport,
  edgeReportLimits,
  type EdgeRequest,
} from '../ports/edge-watch.ts';
import { longestRow } from './number-row.ts';

type Row = EdgeReport['rows'][number];
type Documents = NonNullable<EdgeReport['documents']>[number];

/** Counts what the edge sees until it is taken; in bounded memory. */
export interface EdgeTally {
  add(subnet: string, request: EdgeRequest): void;
  addTry(subnet: string, subject: string, failed: boolean, number: number | undefined): void;
  addDocument(by: DocumentReader, id: string): void;
  /** What came since the last call; undefined where nothing did. */
  take(): EdgeReport | undefined;
}

/** Networks of a moment; what is more is counted as one. */
const crowd = 'others';
const fingerprintLimit = 500;
/** People whose documents wait to be told of: what does not fit into a report goes with the next. */
const readersLimit = 5_000;
/** Networks whose tried numbers are remembered, and how many of each. */
const rememberedNetworks = 2_000;
const rememberedNumbers = 16;

const refusals = new Set([401, 403, 404, 422, 429]);
/** Steps a browser takes to sign in: their order says something. */
const steps = new Set(['POST /api/sign-in', 'POST /api/sign-in/code', 'POST /api/sign-in/resend']);

type Counting = { -readonly [Field in keyof Row]: Row[Field] };

export const edgeTally = (): EdgeTally => {
  let rows = new Map<string, Counting>();
  let fingerprints = new Map<string, number>();
  let tries = 0;
  const documents = new Map<string, Documents>();
  const numbers = new Map<string, readonly number[]>();
  const rowOf = (subnet: string): Counting => {
    const name = rows.has(subnet) || rows.size < edgeReportLimits.rows - 1 ? subnet : crowd;
    const row = rows.get(name) ?? emptyRow(name);
    rows.set(name, row);
    return row;
  };
  const remember = (subnet: string, number: number): number => {
    const known = [...(numbers.get(subnet) ?? []), number].slice(-rememberedNumbers);
    numbers.delete(subnet);
    numbers.set(subnet, known);
    const [oldest] = numbers.keys();
    if (numbers.size > rememberedNetworks && oldest !== undefined) numbers.delete(oldest);
    return longestRow(known);
  };
  return {
    add: (subnet, { isSignedIn, status, step, fingerprint }) => {
      const row = rowOf(subnet);
      row.requests += 1;
      if (!isSignedIn) row.unauthenticated += 1;
      if (refusals.has(status)) row.refused += 1;
      if (steps.has(step) && !row.steps.includes(step)) row.steps = [...row.steps, step];
      const isRoom = fingerprints.has(fingerprint) || fingerprints.size < fingerprintLimit;
      if (isRoom) fingerprints.set(fingerprint, (fingerprints.get(fingerprint) ?? 0) + 1);
    },
    addTry: (subnet, subject, failed, number) => {
      const row = rowOf(subnet);
      if (number !== undefined) row.inSequence = remember(subnet, number);
      tries += 1;
      if (tries <= edgeReportLimits.tries) row.tries = [...row.tries, { subject, failed }];
    },
    addDocument: (by, id) => {
      const key = `${by} ${id}`;
      const before = documents.get(key);
      if (before === undefined && documents.size >= readersLimit) return;
      documents.set(key, { by, id, count: (before?.count ?? 0) + 1 });
    },
    take: () => {
      if (rows.size === 0 && documents.size === 0) return undefined;
      const read = [...documents].slice(0, edgeReportLimits.documents);
      for (const [key] of read) documents.delete(key);
      const largest = [...fingerprints.values()].sort((a, b) => b - a);
      const report = {
        rows: [...rows.values()],
        fingerprints: largest.slice(0, edgeReportLimits.fingerprints),
        documents: read.map(([, one]) => one),
      };
      rows = new Map();
      fingerprints = new Map();
      tries = 0;
      return report;
    },
  };
};

const emptyRow = (subnet: string): Counting => ({
  subnet,
  requests: 0,
  unauthenticated: 0,
  refused: 0,
  tries: [],
  inSequence: 0,
  steps: [],
});
