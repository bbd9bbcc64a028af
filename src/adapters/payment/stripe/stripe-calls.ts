import type { Stripe as StripePackage } from 'stripe';
import type { Outcome } from '../../../application/ports/payment-provider.ts';
import { callDeadlineMs, isTimeLeft, waitUntil } from '../deadline.ts';
import { unreadable, type Trouble } from '../trouble.ts';
import { isMissing, troubleOf } from './stripe-trouble.ts';

export type { StripePackage };

export const unheard: Trouble = { tag: 'invalid', why: 'the provider knows no such payment' };
export const uncharged: Trouble = {
  tag: 'invalid',
  why: 'this sum cannot be charged at the provider',
};
export const absent = { tag: 'done', value: 'absent' } as const;
export const done = <Value>(value: Value): Outcome<Value> => ({ tag: 'done', value });

/** Makes a call of the package and reads its answer. */
export async function outcomeOf<Value>(
  call: Promise<unknown>,
  read: (json: unknown) => Value | undefined,
): Promise<Outcome<Value>> {
  try {
    const value = read(await call);
    return value === undefined ? unreadable : done(value);
  } catch (error) {
    return troubleOf(error);
  }
}

/** The same for a question; `absent` where the provider has never heard of the thing. */
export async function outcomeOrAbsent<Value>(
  call: Promise<unknown>,
  read: (json: unknown) => Value | undefined,
): Promise<Outcome<Value | 'absent'>> {
  const seen = { isMissing: false };
  const outcome = await outcomeOf(
    call.catch((error: unknown) => {
      seen.isMissing = isMissing(error);
      throw error;
    }),
    read,
  );
  return seen.isMissing ? absent : outcome;
}

/** Makes a call that carries its own key, and once more while its answer is lost; after that only a look helps. */
export async function twice<Value>(
  until: number,
  attempt: (timeout: number) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const first = await attempt(waitUntil(until, 0.5));
  if (first.tag !== 'unknown' || !isTimeLeft(until)) return first;
  const again = await attempt(waitUntil(until, 0.6));
  // Whatever else the second one says, the first may have had its effect.
  return again.tag === 'done' ? again : first;
}

/** Loads the official package, which is large, and points it at the API. */
export async function openPackage(apiUrl: string, secretKey: string): Promise<StripePackage> {
  const { Stripe } = await import('stripe');
  const { hostname, port, protocol } = new URL(apiUrl);
  const isPlain = protocol === 'http:';
  const httpClient = Stripe.createNodeHttpClient();
  const send = httpClient.makeRequest.bind(httpClient);
  // The package repeats a call by itself when a connection is cut. We do that, and remember the first outcome.
  httpClient.makeRequest = (...request) =>
    send(...request).catch((error: unknown) => {
      throw isCut(error) ? new Error('the connection was cut', { cause: error }) : error;
    });
  return new Stripe(secretKey, {
    host: hostname,
    port: port === '' ? (isPlain ? 80 : 443) : Number(port),
    protocol: isPlain ? 'http' : 'https',
    httpClient,
    maxNetworkRetries: 0,
    timeout: callDeadlineMs,
    telemetry: false,
  });
}

const isCut = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ECONNRESET' || error.code === 'EPIPE');
