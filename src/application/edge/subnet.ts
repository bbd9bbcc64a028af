/** Where an address is none. */
export const unknownSubnet = 'unknown';

/** The network an address belongs to: /24 of IPv4, also where it is written as IPv6, and /56 of IPv6. */
export function subnetOf(address: string): string {
  const [, mapped] = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address) ?? [];
  const four = mapped ?? address;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(four)) return `${four.slice(0, four.lastIndexOf('.'))}.0/24`;
  const groups = groupsOf(address);
  if (groups === undefined) return unknownSubnet;
  const [first, second, third, fourth] = groups;
  const kept = [first, second, third, (fourth ?? 0) & 0xff00].map((group) =>
    (group ?? 0).toString(16),
  );
  return `${kept.join(':')}::/56`;
}

/** The eight numbers of an IPv6 address; undefined for what is none. */
function groupsOf(address: string): readonly number[] | undefined {
  // What is written as IPv4 at the end of an IPv6 address are its last two groups: no part of the network.
  const [bare = ''] = address.replace(/:\d{1,3}(\.\d{1,3}){3}(?=%|$)/, ':0:0').split('%');
  const [head = '', tail, more] = bare.split('::');
  if (more !== undefined || !/^[\da-f:]{2,39}$/i.test(bare)) return undefined;
  const before = numbers(head);
  const after = tail === undefined ? [] : numbers(tail);
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  return all.every((group) => group <= 0xffff) ? all : undefined;
}

const numbers = (groups: string): number[] =>
  groups === '' ? [] : groups.split(':').map((group) => Number.parseInt(group || 'ffffff', 16));
