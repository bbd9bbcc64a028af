/** Ids made from a number, the same in JavaScript and in SQL: whoever measures knows them beforehand. */
const prefixes = {
  customer: '01900000',
  account: '01910000',
  seeded: '01920000',
  awaited: '01930000',
  operation: '01940000',
  entry: '01950000',
  /** What pgbench makes, in the order in which it is made, as ids of payments are. */
  made: '01f00000',
} as const;
export type Named = keyof typeof prefixes;

export const idOf = (of: Named, n: number): string =>
  `${prefixes[of]}-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** The same in SQL; `n` is an expression of type text. */
export const idTextSql = (of: Named, n: string): string =>
  `'${prefixes[of]}-0000-7000-8000-' || lpad(${n}, 12, '0')`;
export const idSql = (of: Named, n: string): string => `(${idTextSql(of, n)})::uuid`;

/** Payments that wait for their notification belong to the customers in turn. */
export const customerOfAwaited = (n: number, customers: number): number => 1 + (n % customers);

/** The version every account is seeded with: a number that is found nowhere else. */
export const seededVersion = 7_000_001;
export const amountMinor = 123_450;
