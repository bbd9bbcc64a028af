import fc from 'fast-check';
import type {
  BankMovement,
  BankParty,
  BankStatement,
  Turnover,
} from '../../src/domain/bank-statement.ts';
import type { Currency } from '../../src/domain/currency.ts';
import { type CalendarDay, instant } from '../../src/domain/time.ts';

/** Text of letters that every format knows, without a break or a margin. */
const anyText = (most: number): fc.Arbitrary<string> =>
  fc
    .string({
      unit: fc.constantFrom(...'АБВГДЕабвгдеё <>&"\'=№|;,.-АZaz09'),
      minLength: 1,
      maxLength: most,
    })
    .map((text) => text.trim().replaceAll(/ +/g, ' ') || 'ООО');
const digits = (count: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count });

export const middleOfAccount: Readonly<Record<Currency, string>> = {
  ...{ RUB: '810', USD: '840', EUR: '978', KZT: '398', JPY: '392', KWD: '414' },
};
const accountIn = (currency: Currency, last: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  last.map((end) => `40702${middleOfAccount[currency]}${end}`);

const plain = { noNullPrototype: true } as const;
const anyParty = (account: fc.Arbitrary<string>): fc.Arbitrary<BankParty> =>
  fc.record(
    {
      name: anyText(100),
      account,
      taxNumber: fc.oneof(digits(10), digits(12)),
      bank: anyText(45),
      bic: digits(9),
      correspondentAccount: digits(20),
    },
    plain,
  );

const days = ['2026-11-01', '2026-11-15', '2026-11-30'] as CalendarDay[];

const anyMovement = (currency: Currency): fc.Arbitrary<BankMovement> =>
  fc.record(
    {
      number: fc.oneof(digits(6), fc.uuid()).map((text) => text.slice(0, 35)),
      day: fc.constantFrom(...days),
      minor: fc.bigInt({ min: 1n, max: 99_999_999_999n }),
      direction: fc.constantFrom('in', 'out'),
      // No account of a stranger is ever the owner's.
      other: anyParty(
        accountIn(
          currency,
          digits(11).map((end) => `1${end}`),
        ),
      ),
      purpose: anyText(140),
    },
    plain,
  );

/** A statement whose sums are those of its movements. */
export const anyStatement = (
  currency: Currency,
): fc.Arbitrary<{ readonly statement: BankStatement; readonly movements: BankMovement[] }> =>
  fc
    .record({
      owner: anyParty(accountIn(currency, fc.constant('200000000001'))),
      movements: fc.array(anyMovement(currency), { maxLength: 6 }),
      opening: fc.bigInt({ min: -1_000_000n, max: 1_000_000_000n }),
      id: digits(8),
      madeAt: fc.integer({ min: 0, max: 86_399 }),
    })
    .map(({ owner, movements, opening, id, madeAt }) => {
      const sums = tally(opening);
      for (const movement of movements) sums.add(movement);
      const [from, , to] = days as [CalendarDay, CalendarDay, CalendarDay];
      const at = instant(Date.UTC(2026, 10, 30) + madeAt * 1_000);
      const statement = { id, madeAt: at, currency, owner, from, to, turnover: sums.turnover() };
      return { statement, movements };
    });

/** Bytes in pieces of some size, as they come from a disk or a network. */
export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
export async function* each<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}
export const all = async <Value>(values: AsyncIterable<Value>): Promise<Value[]> => {
  const found: Value[] = [];
  for await (const value of values) found.push(value);
  return found;
};

/** Adds movements up as they pass, in the memory of one. */
export interface Tally {
  add(movement: Pick<BankMovement, 'minor' | 'direction'>): void;
  turnover(): Turnover;
}
export function tally(opening: bigint): Tally {
  let [received, spent] = [0n, 0n];
  return {
    add: ({ minor, direction }) => {
      if (direction === 'in') received += minor;
      else spent += minor;
    },
    turnover: () => ({ opening, received, spent }),
  };
}
