import type { Currency } from './currency.ts';
import { isEqual, money, type Money } from './money.ts';
import type { RegistryLine } from './reconciliation.ts';
import { ok, refused, type Result } from './result.ts';
import type { CalendarDay } from './time.ts';

/** Why a provider transfers less, or more, than the payments of a batch bring. */
export const deductionKinds = [
  'fee',
  'refund',
  'chargeback',
  'chargeback-reversed',
  'reserve-withheld',
  'reserve-released',
] as const;
export type DeductionKind = (typeof deductionKinds)[number];

/** One sum of a provider's report beside its payments; above zero, the kind says which way it goes. */
export interface Deduction {
  readonly kind: DeductionKind;
  /** The provider's own name of it: the same name of a kind is the same sum. */
  readonly ref: string;
  readonly amount: Money;
}

/** A transfer that has reached our bank. */
export interface BankCredit {
  readonly day: CalendarDay;
  /** The document's number at the bank. */
  readonly number: string;
  readonly amount: Money;
}

/** What a provider says it transfers at once, and what came. */
export interface Batch {
  readonly lines: readonly RegistryLine[];
  readonly deductions: readonly Deduction[];
  readonly credits: readonly BankCredit[];
}

/** The parts of an expected credit: gross − fees − refunds − chargebacks − reserve. */
export interface BatchParts {
  readonly gross: Money;
  readonly fees: Money;
  readonly refunds: Money;
  /** Below zero where more came back than was taken. */
  readonly chargebacks: Money;
  /** Below zero where more was released than withheld. */
  readonly reserve: Money;
}

export interface BatchCompared extends BatchParts {
  readonly expected: Money;
  readonly got: Money;
  /** What came less what was expected: below zero is money that is missing. */
  readonly difference: Money;
  /** `NO_SETTLEMENT`: nothing came at all. */
  readonly code: 'BATCH_DIFF' | 'NO_SETTLEMENT' | undefined;
}

export type BatchRefusal =
  | { readonly reason: 'empty' }
  /** What reaches us of this payment is not told, and a fee is not guessed. */
  | { readonly reason: 'net-unknown'; readonly ref: string }
  | { readonly reason: 'told-otherwise'; readonly ref: string }
  | { readonly reason: 'currencies-mixed'; readonly found: Currency; readonly beside: Currency };

/**
 * Adds a batch up and holds it against what the bank was credited, to the smallest unit. A line or a deduction that is
 * told twice in the same words counts once; in other words nothing is compared.
 */
export function compareBatch(batch: Batch): Result<BatchCompared, BatchRefusal> {
  const lines = onceEach(batch.lines, ({ ref }) => ref, isSameLine);
  if (!lines.ok) return lines;
  const deductions = onceEach(batch.deductions, nameOf, (a, b) => isEqual(a.amount, b.amount));
  if (!deductions.ok) return deductions;
  const unknown = lines.value.find(({ net }) => net === undefined);
  if (unknown !== undefined) return refused({ reason: 'net-unknown', ref: unknown.ref });
  const currency = oneCurrency({ ...batch, lines: lines.value, deductions: deductions.value });
  if (!currency.ok) return currency;

  const of = (minor: bigint): Money => money(minor, currency.value);
  const less = (plus: DeductionKind, minus?: DeductionKind): bigint =>
    sumOf(deductions.value.filter(({ kind }) => kind === plus).map(({ amount }) => amount)) -
    sumOf(deductions.value.filter(({ kind }) => kind === minus).map(({ amount }) => amount));
  const gross = sumOf(lines.value.map((line) => line.gross));
  const kept = gross - sumOf(lines.value.flatMap(({ net }) => net ?? []));
  const fees = kept + less('fee');
  const refunds = less('refund');
  const chargebacks = less('chargeback', 'chargeback-reversed');
  const reserve = less('reserve-withheld', 'reserve-released');
  const expected = gross - fees - refunds - chargebacks - reserve;
  const got = sumOf(batch.credits.map(({ amount }) => amount));
  return ok({
    ...{ gross: of(gross), fees: of(fees), refunds: of(refunds) },
    ...{ chargebacks: of(chargebacks), reserve: of(reserve) },
    ...{ expected: of(expected), got: of(got), difference: of(got - expected) },
    code: codeOf(expected, got, batch.credits.length),
  });
}

function codeOf(expected: bigint, got: bigint, credits: number): BatchCompared['code'] {
  if (expected === got) return undefined;
  return credits === 0 ? 'NO_SETTLEMENT' : 'BATCH_DIFF';
}

const sumOf = (sums: readonly Money[]): bigint => sums.reduce((sum, { minor }) => sum + minor, 0n);

const nameOf = ({ kind, ref }: Deduction): string => `${kind} ${ref}`;

const isSameLine = (a: RegistryLine, b: RegistryLine): boolean =>
  isEqual(a.gross, b.gross) &&
  (a.net === undefined || b.net === undefined ? a.net === b.net : isEqual(a.net, b.net));

function onceEach<Told>(
  told: readonly Told[],
  name: (of: Told) => string,
  isSame: (a: Told, b: Told) => boolean,
): Result<readonly Told[], BatchRefusal> {
  const first = new Map<string, Told>();
  for (const each of told) {
    const before = first.get(name(each));
    if (before === undefined) first.set(name(each), each);
    else if (!isSame(before, each)) return refused({ reason: 'told-otherwise', ref: name(each) });
  }
  return ok([...first.values()]);
}

/** A batch is transferred in one currency; sums of two cannot be added. */
function oneCurrency({ lines, deductions, credits }: Batch): Result<Currency, BatchRefusal> {
  const sums = [
    ...lines.flatMap(({ gross, net }) => [gross, ...(net === undefined ? [] : [net])]),
    ...[...deductions, ...credits].map(({ amount }) => amount),
  ];
  const [first] = sums;
  if (lines.length + deductions.length === 0 || first === undefined) {
    return refused({ reason: 'empty' });
  }
  const other = sums.find(({ currency }) => currency !== first.currency);
  if (other === undefined) return ok(first.currency);
  return refused({ reason: 'currencies-mixed', found: other.currency, beside: first.currency });
}
