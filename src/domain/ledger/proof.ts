import type { Entry } from './entry.ts';

/** What a capture is booked as: whose it is may not be known, and it may be known from a register only. */
export const captureKinds: readonly string[] = [
  'payment-captured',
  'payment-unidentified',
  'payment-captured-by-registry',
  'payment-unidentified-by-registry',
];

/** Whether two entries claim one reference of a provider for the same: there is one capture for it, of whatever kind. */
export function isSameProof(one: Entry, other: Entry): boolean {
  const isSameRef =
    one.proof !== undefined &&
    one.proof.provider === other.proof?.provider &&
    one.proof.ref === other.proof.ref;
  const areCaptures = captureKinds.includes(one.kind) && captureKinds.includes(other.kind);
  return isSameRef && (one.kind === other.kind || areCaptures);
}
