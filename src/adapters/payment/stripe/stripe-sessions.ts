import type {
  CreateCommand,
  Created,
  ListPage,
  ListWindow,
  Outcome,
  PaymentKey,
} from '../../../application/ports/payment-provider.ts';
import type { PaymentId } from '../../../domain/ids.ts';
import { day, second, type Instant } from '../../../domain/time.ts';
import { isTimeLeft, waitUntil } from '../deadline.ts';
import {
  absent,
  done,
  outcomeOf,
  outcomeOrAbsent,
  twice,
  uncharged,
  type StripePackage,
} from './stripe-calls.ts';
import type { StripeSession } from './stripe-objects.ts';
import { sessionRequest } from './stripe-requests.ts';
import { troubleOf } from './stripe-trouble.ts';
import { createdFrom, momentOf, paymentOf, readSession, snapshotFrom } from './stripe-wire.ts';

const pageSize = 100;
const mostLookedAtWhileCreating = 300;
const mostLookedAt = 10_000;
/** The charge tells when it was paid and what was paid back. */
const expand = ['payment_intent', 'payment_intent.latest_charge'];

/**
 * Creates the session; when the answer is lost, asks once more under the same key, then looks among the newest
 * sessions: a 500 given after the effect is replayed for ever, only the list tells what it hides.
 */
export async function createSession(
  api: StripePackage,
  command: CreateCommand,
  until: number,
): Promise<Outcome<Created>> {
  const request = sessionRequest(command);
  if (request === undefined) return uncharged;
  const idempotencyKey = `${command.paymentId}:create`;
  const sent = await twice(until, (timeout) =>
    outcomeOf(api.checkout.sessions.create(request, { idempotencyKey, timeout }), readSession),
  );
  const created = (session: StripeSession) => done(createdFrom(session, command.returnUrl));
  if (sent.tag === 'done') return created(sent.value);
  if (sent.tag !== 'unknown' || !isTimeLeft(until)) return sent;
  // A session lives a day at most, so it is not older than that before its end.
  const window = { since: command.expiresAt - day, most: mostLookedAtWhileCreating };
  const found = await searchSession(api, command.paymentId, window, until);
  return found.tag === 'done' && found.value !== 'absent' ? created(found.value) : sent;
}

/** Finds a payment's session, with its intent: by name, or where nobody learned it, among those of the last day. */
export async function findSession(
  api: StripePackage,
  { paymentId, ref }: Pick<PaymentKey, 'paymentId' | 'ref'>,
  until: number,
): Promise<Outcome<StripeSession | 'absent'>> {
  if (ref !== undefined) return retrieveSession(api, ref, until);
  const window = { since: Date.now() - day, most: mostLookedAt };
  const found = await searchSession(api, paymentId, window, until);
  if (found.tag !== 'done' || found.value === 'absent') return found;
  return retrieveSession(api, found.value.id, until);
}

/** Asks for a session by its name, with its intent and charge. */
export async function retrieveSession(
  api: StripePackage,
  ref: string,
  until: number,
): Promise<Outcome<StripeSession | 'absent'>> {
  if (!/^cs_\w{1,250}$/.test(ref)) return { tag: 'invalid', why: 'this is no session of theirs' };
  const timeout = waitUntil(until);
  const call = api.checkout.sessions.retrieve(ref, { expand }, { timeout });
  return outcomeOrAbsent(call, readSession);
}

async function searchSession(
  api: StripePackage,
  id: PaymentId,
  { since, most }: { readonly since: number; readonly most: number },
  until: number,
): Promise<Outcome<StripeSession | 'absent'>> {
  const created = { gte: Math.floor(since / second) };
  const timeout = waitUntil(until);
  let looked = 0;
  try {
    const sessions = api.checkout.sessions.list({ limit: pageSize, created }, { timeout });
    for await (const json of sessions) {
      const session = readSession(json);
      if (session !== undefined && paymentOf(session) === id) return done(session);
      looked += 1;
      if (looked >= most || !isTimeLeft(until)) {
        return { tag: 'unknown', why: 'too many sessions to look through' };
      }
    }
    return absent;
  } catch (error) {
    return troubleOf(error);
  }
}

/**
 * One page of what was paid in the window. Stripe lists sessions by when they were made, which is up to a day before
 * they are paid. When it was paid counts where the charge tells, else when the session was made.
 */
export async function listPaid(
  api: StripePackage,
  { from, to, cursor }: ListWindow,
  until: number,
): Promise<Outcome<ListPage>> {
  if (cursor !== undefined && !/^cs_\w{1,250}$/.test(cursor)) {
    return { tag: 'invalid', why: 'this is no cursor of ours' };
  }
  const query = {
    limit: pageSize,
    status: 'complete' as const,
    created: { gte: Math.floor((from - day) / second), lt: Math.ceil(to / second) },
    expand: expand.map((path) => `data.${path}`),
    ...(cursor !== undefined && { starting_after: cursor }),
  };
  const timeout = waitUntil(until);
  return outcomeOf(api.checkout.sessions.list(query, { timeout }), (json) =>
    pageOf(json, { from, to }),
  );
}

function pageOf(json: unknown, window: { from: Instant; to: Instant }): ListPage | undefined {
  const page = json as { readonly data?: unknown; readonly has_more?: unknown };
  if (!Array.isArray(page.data)) return undefined;
  const sessions = page.data.map(readSession);
  const whole = sessions.filter((session) => session !== undefined);
  if (whole.length !== sessions.length) return undefined;
  const items = whole
    .map((session) => ({ session, snapshot: snapshotFrom(session) }))
    .filter(({ session, snapshot: { claim } }) => {
      const at = claim.paidAt ?? momentOf(session.created);
      return claim.state === 'paid' && at !== undefined && at >= window.from && at < window.to;
    })
    .map(({ snapshot }) => snapshot);
  const next = page.has_more === true ? whole.at(-1)?.id : undefined;
  return { items, ...(next !== undefined && { next }) };
}
