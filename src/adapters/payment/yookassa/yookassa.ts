import { z } from 'zod';
import type {
  CreateCommand,
  Created,
  ListPage,
  ListWindow,
  Outcome,
  PaymentKey,
  PaymentProvider,
  Snapshot,
} from '../../../application/ports/payment-provider.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import { paymentLifetimeMs } from '../../../domain/payment.ts';
import { isoText, later, minute, type Instant } from '../../../domain/time.ts';
import { callYookassa, type Answer, type YookassaAccess } from './yookassa-calls.ts';
import { refundsOf } from './yookassa-refunds.ts';
import { inNetworks, officialSources } from './yookassa-source.ts';
import {
  captureRequest,
  chargeRequest,
  claimFrom,
  createdFrom,
  createRequest,
  paymentShape,
  readNotice,
  snapshotFrom,
  type YookassaPayment,
} from './yookassa-wire.ts';
import { statusAnswer } from '../status-answer.ts';

export interface YookassaSettings extends YookassaAccess {
  /** Networks notifications may come from, beside YooKassa's own; for simulators. */
  readonly moreSources?: readonly string[];
}

const questionMs = 10_000;
const pageSize = 100;
/** Pages looked through for one payment whose name we never learned: all that were made while its payer had time. */
const mostPagesLookedAt = 100;
/** How far their clock may be from ours. */
const clocksApartMs = 10 * minute;
const refPattern = /^[\w-]{1,64}$/;

const listShape = z.object({ items: z.array(paymentShape), next_cursor: z.string().optional() });

/** YooKassa: the YooMoney wallet, cards, SBP, SberPay and T-Pay by one API. Its notifications are hints: it is asked. */
export function yookassa(settings: YookassaSettings): PaymentProvider {
  const isSource = inNetworks([...officialSources, ...(settings.moreSources ?? [])]);
  const one = (path: string, post?: { body: object; key: string }, deadlineMs = questionMs) =>
    callYookassa(settings, { path, shape: paymentShape, deadlineMs, ...(post && { post }) });
  const change = async (key: PaymentKey, action: string, body: object): Promise<Outcome<Claim>> => {
    if (!isRef(key.ref)) return notTheirs;
    const post = { body, key: `${key.paymentId}-${action}` };
    return claimed(await one(`/payments/${key.ref}/${action}`, post));
  };
  return {
    code: 'yookassa',
    // The key itself says which mode it is for.
    mode: settings.secretKey.startsWith('test_') ? 'test' : 'live',
    create: (command, deadlineMs) => create(settings, command, deadlineMs),
    charge: async (command, deadlineMs) => {
      const post = { body: chargeRequest(command), key: `${command.paymentId}-create` };
      return claimed(await one('/payments', post, deadlineMs));
    },
    query: async (key) => {
      const { ref } = key;
      if (ref === undefined) return search(settings, key);
      return isRef(ref) ? claimOrAbsent(await one(`/payments/${ref}`)) : notTheirs;
    },
    look: async (ref) => (isRef(ref) ? seen(await one(`/payments/${ref}`)) : notTheirs),
    list: (window) => list(settings, window),
    capture: (key, amount) => change(key, 'capture', captureRequest(amount)),
    cancel: (key) => change(key, 'cancel', {}),
    ...refundsOf(settings),
    readNotification: ({ address, body }) => {
      if (address === undefined || !isSource(address)) return { tag: 'refused', why: 'source' };
      return readNotice(body);
    },
    answer,
  };
}

/** YooKassa looks at the status only, and comes again for a day after anything but 200. */
const answer = statusAnswer();

const notTheirs = { tag: 'invalid', why: 'this is no payment of theirs' } as const;
const isRef = (ref: string | undefined): ref is string => ref !== undefined && refPattern.test(ref);

/** Asks once, and once more under the same key while the time lasts: a repetition is the same call. */
async function create(
  settings: YookassaSettings,
  command: CreateCommand,
  deadlineMs: number,
): Promise<Outcome<Created>> {
  const body = createRequest(command);
  if (body === undefined) return { tag: 'invalid', why: 'this sum cannot be charged' };
  const until = performance.now() + deadlineMs;
  const attempt = (share: number) =>
    callYookassa(settings, {
      path: '/payments',
      shape: paymentShape,
      post: { body, key: `${command.paymentId}-create` },
      deadlineMs: (until - performance.now()) * share,
    });
  const first = await attempt(0.6);
  const isWorthRepeating = first.tag === 'unknown' && until - performance.now() > 100;
  const last = isWorthRepeating ? await attempt(1) : first;
  if (last.tag !== 'done') return last;
  if (last.value === 'absent') return { tag: 'unknown', why: 'the provider answered 404' };
  return { tag: 'done', value: createdFrom(last.value, command.returnUrl) };
}

/** Looks for a payment whose name we never learned among the newest. */
async function search(
  settings: YookassaSettings,
  { paymentId, createdAt }: PaymentKey,
): Promise<Outcome<Claim | 'absent'>> {
  const window = createdAt === undefined ? '' : madeAround(createdAt);
  let cursor = '';
  for (let page = 0; page < mostPagesLookedAt; page += 1) {
    const path = `/payments?limit=${String(pageSize)}${window}${cursor}`;
    const call = { path, shape: listShape, deadlineMs: questionMs };
    const listed = await callYookassa(settings, call);
    if (listed.tag !== 'done') return listed;
    if (listed.value === 'absent') break;
    const { items, next_cursor: next } = listed.value;
    const found = items.find(({ metadata }) => metadata?.['payment_id'] === paymentId);
    if (found !== undefined) return claimOrAbsent({ tag: 'done', value: found });
    if (next === undefined) return { tag: 'done', value: 'absent' };
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
  return { tag: 'unknown', why: 'too many payments to look through' };
}

/** Our calls to make a payment end with its payer's time. */
function madeAround(createdAt: Instant): string {
  const query = new URLSearchParams({
    'created_at.gte': isoText(later(createdAt, -clocksApartMs)),
    'created_at.lte': isoText(later(createdAt, paymentLifetimeMs + clocksApartMs)),
  });
  return `&${query.toString()}`;
}

async function list(settings: YookassaSettings, window: ListWindow): Promise<Outcome<ListPage>> {
  const query = new URLSearchParams({
    status: 'succeeded',
    'captured_at.gte': isoText(window.from),
    'captured_at.lt': isoText(window.to),
    limit: String(pageSize),
    ...(window.cursor !== undefined && { cursor: window.cursor }),
  });
  const path = `/payments?${query.toString()}`;
  const listed = await callYookassa(settings, { path, shape: listShape, deadlineMs: questionMs });
  if (listed.tag !== 'done') return listed;
  if (listed.value === 'absent') return { tag: 'done', value: { items: [] } };
  const { items, next_cursor: next } = listed.value;
  const snapshots = items.flatMap((item) => snapshotFrom(item) ?? []);
  return { tag: 'done', value: { items: snapshots, ...(next !== undefined && { next }) } };
}

const strange = { tag: 'unknown', why: 'the payment is in a state nobody has heard of' } as const;

function claimOrAbsent(answered: Answer<YookassaPayment>): Outcome<Claim | 'absent'> {
  if (answered.tag !== 'done' || answered.value === 'absent') return answered as Outcome<'absent'>;
  const claim = claimFrom(answered.value);
  return claim === undefined ? strange : { tag: 'done', value: claim };
}

function claimed(answered: Answer<YookassaPayment>): Outcome<Claim> {
  const outcome = claimOrAbsent(answered);
  if (outcome.tag !== 'done') return outcome;
  return outcome.value === 'absent' ? notTheirs : { tag: 'done', value: outcome.value };
}

function seen(answered: Answer<YookassaPayment>): Outcome<Snapshot | 'absent'> {
  if (answered.tag !== 'done' || answered.value === 'absent') return answered as Outcome<'absent'>;
  const snapshot = snapshotFrom(answered.value);
  return snapshot === undefined ? strange : { tag: 'done', value: snapshot };
}
