/** The shop's terminal at the bank: the name and the password it signs with. */
export interface Terminal {
  /** At most 20 characters; one that ends in `DEMO` is for tests. */
  readonly key: string;
  readonly password: string;
  readonly isBlocked: boolean;
}

const DEMO = 'DEMO';

export const isDemo = (terminalKey: string): boolean => terminalKey.endsWith(DEMO);

/** The same terminal in the other mode: a test one for a real one and the reverse. */
export const inOtherMode = (terminalKey: string): string =>
  isDemo(terminalKey) ? terminalKey.slice(0, -DEMO.length) : terminalKey + DEMO;
