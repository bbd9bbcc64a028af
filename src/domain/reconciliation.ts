import { isEqual, type Money } from './money.ts';
import type { Instant } from './time.ts';

/** One payment as the provider's register or list has it. */
export interface RegistryLine {
  /** The provider's own name of the payment. */
  readonly ref: string;
  /** Our id of it, where the provider carries it. */
  readonly paymentId: string | undefined;
  readonly gross: Money;
  /** What reaches us after the fee, where it is told. */
  readonly net: Money | undefined;
  readonly refunded: Money | undefined;
  readonly at: Instant;
}

/** One payment as we have it. */
export interface OurLine {
  readonly paymentId: string;
  readonly ref: string | undefined;
  readonly isPaid: boolean;
  readonly gross: Money;
  readonly fee: Money | undefined;
  readonly refunded: Money;
  readonly paidAt: Instant | undefined;
}

export const breakCodes = [
  'MISSING_HERE',
  'MISSING_THERE',
  'LATE',
  'AMOUNT_DIFF',
  'WRONG_CURRENCY',
  'FEE_DIFF',
  'STATUS_DIFF',
  'REFUND_DIFF',
  'DUPLICATE_THERE',
  'DUPLICATE_HERE',
  'DOUBLE_PAY',
  'BATCH_DIFF',
  'NO_SETTLEMENT',
] as const;
export type BreakCode = (typeof breakCodes)[number];

/** Two sides that do not agree, with the facts of each. */
export interface Break {
  readonly code: BreakCode;
  readonly ours: OurLine | undefined;
  readonly theirs: RegistryLine | undefined;
}

export interface Window {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

export interface Reconciled {
  readonly matched: number;
  readonly breaks: readonly Break[];
}

/**
 * Holds our payments against a provider's, both ways. First by the provider's name, then by ours; never by sum or time,
 * for nothing may be booked by likeness. Sums are compared to the smallest unit. `ours` are all that we call paid within
 * the window, and whatever else the lines name.
 */
export function reconcile(
  ours: readonly OurLine[],
  theirs: readonly RegistryLine[],
  window: Window,
): Reconciled {
  const breaks: Break[] = [];
  const lines = withoutRepeats(theirs, breaks);
  const mine = withoutTwins(ours, breaks);
  const byRef = new Map(mine.flatMap((line) => (line.ref === undefined ? [] : [[line.ref, line]])));
  const byId = new Map(mine.map((line) => [line.paymentId, line]));
  const taken = new Set<OurLine>();
  let matched = 0;

  const inTwoPasses = [
    (line: RegistryLine) => byRef.get(line.ref),
    (line: RegistryLine) => byId.get(line.paymentId ?? ''),
  ];
  const left = new Set(lines);
  for (const find of inTwoPasses) {
    for (const line of [...left]) {
      const found = find(line);
      if (found === undefined) continue;
      left.delete(line);
      if (taken.has(found)) {
        breaks.push({ code: 'DOUBLE_PAY', ours: found, theirs: line });
        continue;
      }
      taken.add(found);
      const differences = compare(found, line, window);
      if (differences.every((code) => code === 'LATE')) matched += 1;
      breaks.push(...differences.map((code) => ({ code, ours: found, theirs: line })));
    }
  }
  for (const line of left) breaks.push({ code: 'MISSING_HERE', ours: undefined, theirs: line });
  for (const line of mine) {
    if (!taken.has(line) && line.isPaid && isWithin(line.paidAt, window)) {
      breaks.push({ code: 'MISSING_THERE', ours: line, theirs: undefined });
    }
  }
  return { matched, breaks };
}

const isWithin = (at: Instant | undefined, { from, to }: Window): boolean =>
  at !== undefined && at >= from && at < to;

function withoutRepeats(theirs: readonly RegistryLine[], breaks: Break[]): RegistryLine[] {
  const seen = new Set<string>();
  return theirs.filter((line) => {
    const isNew = !seen.has(line.ref);
    seen.add(line.ref);
    if (!isNew) breaks.push({ code: 'DUPLICATE_THERE', ours: undefined, theirs: line });
    return isNew;
  });
}

/** Two payments of ours under one name of theirs are an incident of our own. */
function withoutTwins(ours: readonly OurLine[], breaks: Break[]): OurLine[] {
  const seen = new Set<string>();
  return ours.filter((line) => {
    if (line.ref === undefined) return true;
    const isNew = !seen.has(line.ref);
    seen.add(line.ref);
    if (!isNew) breaks.push({ code: 'DUPLICATE_HERE', ours: line, theirs: undefined });
    return isNew;
  });
}

function compare(ours: OurLine, theirs: RegistryLine, window: Window): BreakCode[] {
  if (ours.gross.currency !== theirs.gross.currency) return ['WRONG_CURRENCY'];
  if (!isEqual(ours.gross, theirs.gross)) return ['AMOUNT_DIFF'];
  if (!ours.isPaid) return ['STATUS_DIFF'];
  const codes: BreakCode[] = [];
  if (theirs.refunded !== undefined && !isEqual(ours.refunded, theirs.refunded)) {
    codes.push('REFUND_DIFF');
  }
  const { fee } = ours;
  const net = fee && { ...fee, minor: ours.gross.minor - fee.minor };
  if (net !== undefined && theirs.net !== undefined && !isEqual(net, theirs.net)) {
    codes.push('FEE_DIFF');
  }
  if (!isWithin(ours.paidAt, window)) codes.push('LATE');
  return codes;
}
