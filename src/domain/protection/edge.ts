/** A try to sign in as somebody. */
export interface EdgeTry {
  /** Keyed digest of the login: tells two apart and names nobody. */
  readonly subject: string;
  readonly failed: boolean;
}

/** How many documents somebody fetched at the portal: receipts, statements, tables. */
export interface EdgeDocuments {
  /** A customer, or somebody of the company's own people. */
  readonly by: 'customer' | 'operator';
  readonly id: string;
  readonly count: number;
}

/** What one network did at the portal within a second or so; counts and digests, nothing that was said. */
export interface EdgeRow {
  /** /24 of an IPv4 address, /56 of an IPv6 one. */
  readonly subnet: string;
  readonly requests: number;
  /** Of them by nobody who is signed in. */
  readonly unauthenticated: number;
  /** Of them answered 401, 403, 404, 422 or 429. */
  readonly refused: number;
  readonly tries: readonly EdgeTry[];
  /** The longest row of tried numbers in which each follows the one before it closely. */
  readonly inSequence: number;
  /** Steps of the sign-in that were taken: method and route pattern. */
  readonly steps: readonly string[];
}
