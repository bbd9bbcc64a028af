/**
 * The beginning of a text, at most so many UTF-16 units long: the strictest way a provider may count. Cuts between
 * characters, never within one.
 */
export function shortened(text: string, length: number): string {
  let cut = '';
  for (const character of text.toWellFormed()) {
    if (cut.length + character.length > length) break;
    cut += character;
  }
  return cut;
}
