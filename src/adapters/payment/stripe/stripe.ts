import type { Stripe as StripePackage } from 'stripe';
import type {
  CreateCommand,
  Created,
  NotificationVerdict,
  Outcome,
  PaymentProvider,
  RawResponse,
} from '../../../application/ports/payment-provider.ts';
import type { PaymentId } from '../../../domain/ids.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import { day, second } from '../../../domain/time.ts';
import { checkStripeSignature } from './stripe-signature.ts';
import { isMissing, troubleOf, type Trouble } from './stripe-trouble.ts';
import {
  claimFromSession,
  createdFrom,
  paymentOf,
  readEvent,
  readSession,
  sessionRequest,
} from './stripe-wire.ts';

export interface StripeSettings {
  /** `https://api.stripe.com`, or where the simulator is. */
  readonly apiUrl: string;
  readonly secretKey: string;
  /** The endpoint's secrets, `whsec_` included; two while one is being replaced. */
  readonly webhookSecrets: readonly string[];
  readonly mode: 'live' | 'test';
}

const queryDeadlineMs = 10_000;
/** Shortest wait that may still bring an answer. */
const leastWaitMs = 200;
const mostSessionsLookedAt = 300;

/** Cards on Stripe's own page (Checkout). No card number ever comes near us. */
export function stripe(settings: StripeSettings): PaymentProvider {
  const open = lazily(() => openPackage(settings));
  return {
    code: 'stripe',
    mode: settings.mode,
    create: async (command, deadlineMs) => {
      const request = sessionRequest(command);
      if (request === undefined) {
        return { tag: 'invalid', why: 'this sum cannot be charged at the provider' };
      }
      const until = performance.now() + deadlineMs;
      return inTime(create(await open(), command, request, until), deadlineMs);
    },
    query: async ({ ref, paymentId }) => {
      if (ref === undefined) return inTime(search(await open(), paymentId), queryDeadlineMs);
      if (!/^cs_\w{1,250}$/.test(ref))
        return { tag: 'invalid', why: 'this is no session of theirs' };
      return inTime(query(await open(), ref), queryDeadlineMs);
    },
    readNotification: ({ headers, body }, now) => {
      const header = headers['stripe-signature'];
      const signature = checkStripeSignature(header, body, settings.webhookSecrets, now);
      if (signature === 'bad') return { tag: 'refused', why: 'signature' };
      if (signature === 'untimely') return { tag: 'refused', why: 'too-old' };
      return readEvent(body, settings.mode);
    },
    answer,
  };
}

/** Stripe looks at the status only, and comes again for three days after anything but 2xx. */
function answer(verdict: NotificationVerdict): RawResponse {
  switch (verdict) {
    case 'accepted':
      return { status: 200, body: '' };
    case 'retry':
      return { status: 503, body: '' };
    case 'refused':
    case 'forbid':
      return { status: 400, body: '' };
  }
}

/**
 * Creates the session; when the answer is lost, asks once more under the same key, then looks among the newest
 * sessions: a 500 given after the effect is replayed for ever, only the list tells what it hides.
 */
async function create(
  api: StripePackage,
  command: CreateCommand,
  request: NonNullable<ReturnType<typeof sessionRequest>>,
  until: number,
): Promise<Outcome<Created>> {
  const idempotencyKey = `${command.paymentId}:create`;
  const attempt = async (share: number): Promise<Outcome<Created>> => {
    const timeout = waitUntil(until, share);
    const sent = await outcomeOf(
      api.checkout.sessions.create(request, { idempotencyKey, timeout }),
    );
    if (sent.tag !== 'done') return sent;
    const session = readSession(sent.value);
    return session === undefined
      ? unreadable
      : { tag: 'done', value: createdFrom(session, command.returnUrl) };
  };
  const first = await attempt(0.5);
  if (first.tag !== 'unknown' || !isTimeLeft(until)) return first;
  const again = await attempt(0.6);
  if (again.tag === 'done') return again;
  return (isTimeLeft(until) ? await lookUp(api, command, until) : undefined) ?? first;
}

async function lookUp(
  api: StripePackage,
  command: CreateCommand,
  until: number,
): Promise<Outcome<Created> | undefined> {
  // A session lives a day at most, so it is not older than that before its end.
  const since = Math.floor((command.expiresAt - day) / second);
  const query = { limit: 100, created: { gte: since } };
  let looked = 0;
  try {
    const pages = api.checkout.sessions.list(query, { timeout: waitUntil(until, 1) });
    for await (const json of pages) {
      const session = readSession(json);
      if (session !== undefined && paymentOf(session) === command.paymentId) {
        return { tag: 'done', value: createdFrom(session, command.returnUrl) };
      }
      looked += 1;
      if (looked >= mostSessionsLookedAt || !isTimeLeft(until)) return undefined;
    }
  } catch {
    // Not found this way; the outcome stays as unknown as it was.
  }
  return undefined;
}

/** Looks for a payment whose session we never learned the name of, among the sessions of the last day. */
async function search(api: StripePackage, id: PaymentId): Promise<Outcome<Claim | 'absent'>> {
  const since = Math.floor((Date.now() - day) / second);
  const list = api.checkout.sessions.list({ limit: 100, created: { gte: since } });
  let looked = 0;
  try {
    for await (const json of list) {
      const session = readSession(json);
      if (session !== undefined && paymentOf(session) === id) return query(api, session.id);
      looked += 1;
      if (looked >= mostSessionsLookedAt)
        return { tag: 'unknown', why: 'too many to look through' };
    }
    return { tag: 'done', value: 'absent' };
  } catch (error) {
    return troubleOf(error);
  }
}

const isTimeLeft = (until: number): boolean => until - performance.now() > leastWaitMs;
const waitUntil = (until: number, share: number): number =>
  Math.max(Math.floor((until - performance.now()) * share), leastWaitMs);

const unreadable: Trouble = { tag: 'unknown', why: 'the answer has not the form it should have' };

async function query(api: StripePackage, ref: string): Promise<Outcome<Claim | 'absent'>> {
  try {
    const json = await api.checkout.sessions.retrieve(ref, { expand: ['payment_intent'] });
    const session = readSession(json);
    return session === undefined ? unreadable : { tag: 'done', value: claimFromSession(session) };
  } catch (error) {
    return isMissing(error) ? { tag: 'done', value: 'absent' } : troubleOf(error);
  }
}

async function outcomeOf<Value>(call: Promise<Value>): Promise<Outcome<Value>> {
  return call.then((value) => ({ tag: 'done', value }) as const, troubleOf);
}

/** The package's own timeout begins anew with every byte that trickles in; this one does not. */
async function inTime<Value>(
  work: Promise<Outcome<Value>>,
  deadlineMs: number,
): Promise<Outcome<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Outcome<Value>>((resolve) => {
    const outcome = { tag: 'unknown', why: 'the answer did not come in time' } as const;
    timer = setTimeout(() => resolve(outcome), deadlineMs);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

async function openPackage(settings: StripeSettings): Promise<StripePackage> {
  const { Stripe } = await import('stripe');
  const { hostname, port, protocol } = new URL(settings.apiUrl);
  const isPlain = protocol === 'http:';
  const httpClient = Stripe.createNodeHttpClient();
  const send = httpClient.makeRequest.bind(httpClient);
  // The package repeats a call by itself when a connection is cut. We do that, and remember the first outcome.
  httpClient.makeRequest = (...request) =>
    send(...request).catch((error: unknown) => {
      throw isCut(error) ? new Error('the connection was cut', { cause: error }) : error;
    });
  return new Stripe(settings.secretKey, {
    host: hostname,
    port: port === '' ? (isPlain ? 80 : 443) : Number(port),
    protocol: isPlain ? 'http' : 'https',
    httpClient,
    maxNetworkRetries: 0,
    timeout: queryDeadlineMs,
    telemetry: false,
  });
}

const isCut = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ECONNRESET' || error.code === 'EPIPE');

/** The package is large: it is loaded when the first payment needs it. */
function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
