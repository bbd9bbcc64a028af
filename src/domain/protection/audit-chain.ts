import type { Instant } from '../time.ts';

/** Something worth proving later: pseudonymous ids and reasons, never content. */
export interface AuditEntry {
  readonly at: Instant;
  readonly kind: string;
  /** Who did it, or whom it met. */
  readonly who: string;
  readonly what: string;
}

/** An entry in its place: the digest covers it and, by the one before, everything before it. */
export interface AuditRecord extends AuditEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly previous: string;
  readonly digest: string;
}

/** A signed statement that the chain went up to here: what is cut off behind it is missed. */
export interface AuditHead {
  readonly seq: number;
  readonly digest: string;
  readonly at: Instant;
  readonly kid: string;
  readonly signature: string;
}

/** A collision-resistant digest of a text. */
export type Digest = (text: string) => string;
export type ChainEnd = Pick<AuditRecord, 'seq' | 'digest'>;

export const emptyChain: ChainEnd = { seq: 0, digest: '' };

/** JSON of a list: no two records look alike. */
const textOf = ({ seq, at, kind, who, what, previous }: Omit<AuditRecord, 'digest'>): string =>
  JSON.stringify([seq, at, kind, who, what, previous]);

/** Puts an entry behind the end of a chain. */
export function chained(end: ChainEnd, entry: AuditEntry, digest: Digest): AuditRecord {
  const { at, kind, who, what } = entry;
  const record = { at, kind, who, what, seq: end.seq + 1, previous: end.digest };
  return { ...record, digest: digest(textOf(record)) };
}

/** What a head's signature covers. */
export const headText = ({ seq, digest, at }: Pick<AuditHead, 'seq' | 'digest' | 'at'>): string =>
  JSON.stringify([seq, digest, at]);

/**
 * `missing`: a record is not there · `changed`: it is not what was written · `unsigned`: its head was not signed by the
 * gateway · `unheaded`: no signed head stands behind it, as one does behind all that is ever written.
 */
export interface ChainBreak {
  readonly seq: number;
  readonly why: 'missing' | 'changed' | 'unsigned' | 'unheaded';
}

/** The next record of a chain that held up to `end`, by itself and by the head at it, if there is one. */
export function breakAt(
  end: ChainEnd,
  record: AuditRecord,
  head: AuditHead | undefined,
  digest: Digest,
): ChainBreak | undefined {
  const seq = end.seq + 1;
  if (record.seq !== seq) return { seq, why: 'missing' };
  const { digest: written } = chained(end, record, digest);
  const isSame = record.previous === end.digest && record.digest === written;
  return isSame && (head === undefined || head.digest === written)
    ? undefined
    : { seq, why: 'changed' };
}
