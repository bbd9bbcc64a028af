/** Whether a text can be written to: one address, no list, no line of its own. */
export const isEmailAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[^\s@<>,;:"\\()[\]]{1,64}@[^\s@<>,;:"\\()[\]]+\.[^\s@<>,;:"\\()[\]]+$/u.test(text);

/** Enough of an address to be recognised by its owner: `a•••@example.org`. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return `${[...address].slice(0, 1).join('')}•••${address.slice(at)}`;
}
