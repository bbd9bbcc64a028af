import { isIPv4, isIPv6 } from 'node:net';

/** The network of an address: /24 of IPv4, /56 of IPv6; `unknown` for what is no address. */
export function subnetOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(plain)) return 'unknown';
  const [first = 0, second = 0, third = 0, fourth = 0] = groupsOf(plain);
  const kept = [first, second, third, fourth & 0xff00].map((group) => group.toString(16));
  return `${kept.join(':')}::/56`;
}

/** The first four of an IPv6 address's eight groups. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const read = (text: string): number[] =>
    text === ''
      ? []
      : text
          .split(':')
          .flatMap((group) => (group.includes('.') ? [0, 0] : [Number.parseInt(group, 16)]));
  const before = read(head);
  if (tail === undefined) return before.slice(0, 4);
  const after = read(tail);
  const between = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => 0);
  return [...before, ...between, ...after].slice(0, 4);
}
