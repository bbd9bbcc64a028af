import { createHmac, timingSafeEqual } from 'node:crypto';

/** How old or how far ahead of our clock a notification may be. */
export const toleranceSeconds = 300;
const longestHeader = 2_000;

/**
 * Looks whether Stripe signed these very bytes with one of our endpoint secrets (several while one is being
 * replaced), no more than 300 s from now. Source: Stripe, "Verify webhook signatures manually".
 */
export function checkStripeSignature(
  header: string | readonly string[] | undefined,
  body: Uint8Array,
  secrets: readonly string[],
  nowMs: number,
): 'good' | 'bad' | 'untimely' {
  if (typeof header !== 'string' || header.length > longestHeader) return 'bad';
  const parts = header.split(',').map(namedPart);
  const stamps = valuesOf(parts, 't');
  const [stamp] = stamps;
  if (stamps.length !== 1 || stamp === undefined || !/^\d{1,12}$/.test(stamp)) return 'bad';

  const given = valuesOf(parts, 'v1').filter((hex) => /^[0-9a-f]{64}$/i.test(hex));
  const candidates = given.map((hex) => Buffer.from(hex, 'hex'));
  // Every pair is compared, so that the time taken tells nothing.
  let good = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(`${stamp}.`).update(body).digest();
    for (const candidate of candidates) good = timingSafeEqual(candidate, expected) || good;
  }
  if (!good) return 'bad';

  const ageSeconds = Math.floor(nowMs / 1_000) - Number(stamp);
  return Math.abs(ageSeconds) <= toleranceSeconds ? 'good' : 'untimely';
}

type NamedPart = readonly [name: string, value: string];

function namedPart(part: string): NamedPart {
  const at = part.indexOf('=');
  return at < 0 ? ['', ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}

const valuesOf = (parts: readonly NamedPart[], wanted: string): readonly string[] =>
  parts.flatMap(([name, value]) => (name === wanted ? [value] : []));
