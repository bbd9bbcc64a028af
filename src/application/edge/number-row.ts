/** Numbers further apart are strangers. */
const nearest = 10;
/** More digits than these are no number of a contract. */
const mostDigits = 15;

/** The number a login is, its signs aside; undefined for an e-mail address and the like. */
export function numberIn(login: string): number | undefined {
  const digits = login.replaceAll(/[\s+()./-]/g, '');
  return /^\d+$/.test(digits) && digits.length <= mostDigits ? Number(digits) : undefined;
}

/** The longest row of numbers in which each follows the one before it closely, in whatever order they came. */
export function longestRow(numbers: Iterable<number>): number {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  let [longest, row] = [0, 0];
  let before = -Infinity;
  for (const number of sorted) {
    row = number - before <= nearest ? row + 1 : 1;
    longest = Math.max(longest, row);
    before = number;
  }
  return longest;
}
