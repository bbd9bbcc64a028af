/** A bug of ours: something happened that the program rules out. Nobody handles it; it is logged with its stack. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

/** Throws InvariantBroken with the sentence unless the condition holds. */
export function invariant(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new InvariantBroken(sentence);
}

/** Closes a switch: a new case stops compiling until it is handled. */
export function unreachable(value: never): never {
  throw new InvariantBroken(`no case for ${String(value)}`);
}
