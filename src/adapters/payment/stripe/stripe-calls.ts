import type { Stripe as StripePackage } from 'stripe';
import type { Outcome } from '../../../application/ports/payment-provider.ts';
import { isMissing, troubleOf, type Trouble } from './stripe-trouble.ts';

export type { StripePackage };

/** How long a call may take that has no deadline of its own. */
export const callDeadlineMs = 10_000;
/** Shortest wait that may still bring an answer. */
const leastWaitMs = 200;

export const unreadable: Trouble = {
  tag: 'unknown',
  why: 'the answer has not the form it should have',
};
export const unheard: Trouble = { tag: 'invalid', why: 'the provider knows no such payment' };
export const uncharged: Trouble = {
  tag: 'invalid',
  why: 'this sum cannot be charged at the provider',
};
export const absent = { tag: 'done', value: 'absent' } as const;
export const done = <Value>(value: Value): Outcome<Value> => ({ tag: 'done', value });

export const isTimeLeft = (until: number): boolean => until - performance.now() > leastWaitMs;
export const waitUntil = (until: number, share = 1): number =>
  Math.max(Math.floor((until - performance.now()) * share), leastWaitMs);

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

/** The package's own timeout begins anew with every byte that trickles in; this one does not. */
export async function inTime<Value>(
  deadlineMs: number,
  work: (until: number) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Outcome<Value>>((resolve) => {
    const outcome = { tag: 'unknown', why: 'the answer did not come in time' } as const;
    timer = setTimeout(() => resolve(outcome), deadlineMs);
  });
  return Promise.race([work(performance.now() + deadlineMs), tooLate]).finally(() =>
    clearTimeout(timer),
  );
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
