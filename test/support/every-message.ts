import { forwarder } from '../../src/adapters/amqp/hop.ts';
import { messageReader } from '../../src/adapters/amqp/message-reader.ts';
import { type Draft, messageWriter } from '../../src/adapters/amqp/message-writer.ts';
import { type Place, places } from '../../src/adapters/amqp/places.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import type { WireMessage } from '../../src/application/ports/broker.ts';
import type { Clock } from '../../src/application/ports/clock.ts';
import { type MessageType, nobody } from '../../src/application/ports/envelope.ts';
import type { MessageReader } from '../../src/application/ports/message-reader.ts';
import type { Randomness } from '../../src/application/ports/randomness.ts';
import {
  accountChanged,
  anna,
  annasAccount,
  type givenKeyRings,
  randomness as someRandomness,
  recordPayment,
} from './gateway-world.ts';

type Rings = Pick<ReturnType<typeof givenKeyRings>, 'portal' | 'gateway' | 'accounting'>;

export interface Sample {
  readonly name: string;
  readonly type: MessageType;
  readonly message: WireMessage;
  /** Whoever it is meant for. */
  readonly reader: MessageReader;
}

const paymentId = '01890000-0000-7000-8000-0000000000f1';
const key = 'key-of-the-outbox-row-0001';

/** What is said in messages of each type, as short as it may be and with every field there is. */
export const everyPayload: Readonly<Record<MessageType, unknown>> = {
  'ledger.record-payment': recordPayment({
    paymentId,
    providerRef: 'pi_3Nabc',
    captured: { minor: '49000', currency: 'RUB' },
    providerFee: { minor: '-100', currency: 'RUB' },
  }),
  'ledger.record-refund': {
    refundId: '01890000-0000-7000-8000-0000000000f2',
    paymentId,
    accountId: annasAccount,
    provider: 'stripe',
    kind: 'debit',
    amount: { minor: '500', currency: 'RUB' },
    returned: { minor: '500', currency: 'RUB' },
    at: '2026-11-22T10:00:00.000Z',
  },
  'ledger.read-account': { accountId: annasAccount },
  'ledger.customer-changed': {
    customerId: anna,
    contract: '7000001',
    name: 'Анна',
    phone: '+79990000001',
    email: 'anna@example.ru',
    locale: 'ru',
    version: 1,
  },
  'ledger.account-changed': accountChanged({
    operations: [
      {
        id: '01890000-0000-7000-8000-0000000000f3',
        postedAt: '2026-11-22T10:00:00.000Z',
        kind: 'payment',
        amount: { minor: '50000', currency: 'RUB' },
        description: 'Оплата',
        counterparty: 'Stripe',
        paymentId,
      },
    ],
  }),
  'gateway.budget-granted': {
    gateways: ['gateway-1', 'gateway-2'],
    grants: [
      {
        operation: 'ledger.read-account',
        seq: 1,
        rate: { perSecond: 200, burst: 200 },
        concurrency: 100,
        cost: 1,
        mode: 'open',
        expiresAt: '2026-11-22T10:01:00.000Z',
        safe: { rate: { perSecond: 20, burst: 20 }, concurrency: 10 },
        customer: { perSecond: 1, burst: 5 },
      },
    ],
  },
  'gateway.beat': {
    instance: 'gateway-1',
    startedAt: '2026-11-22T10:00:00.000Z',
    budgets: [
      {
        operation: 'ledger.read-account',
        seq: 1,
        expiresAt: '2026-11-22T10:01:00.000Z',
        rate: { perSecond: 200, burst: 200 },
        concurrency: 100,
        underWay: 3,
        waiting: 0,
        passed: 20,
        busy: 1,
      },
    ],
  },
  'gateway.canaries-listed': { seq: 1, ids: ['01890000-0000-7000-8000-0000000000c1'] },
  'gateway.report-edge': {
    rows: [
      {
        subnet: '192.0.2.0/24',
        requests: 10,
        unauthenticated: 2,
        refused: 1,
        tries: [{ subject: 'a digest of a login', failed: true }],
        inSequence: 0,
        steps: ['POST /api/sign-in'],
      },
    ],
    fingerprints: [10],
    documents: [{ by: 'customer', id: '01890000-0000-7000-8000-00000000000a', count: 2 }],
  },
  'gateway.keys-announced': {
    seq: 1,
    sources: ['portal'],
    keys: [
      {
        source: 'portal',
        kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
        x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
        from: '2026-11-22T10:00:00.000Z',
        until: '2026-11-23T10:00:00.000Z',
      },
    ],
  },
};

const measure = {
  on: 'subnet',
  id: '192.0.2.0/24',
  measure: 'tarpit',
  until: '2026-11-22T10:10:00.000Z',
};
const assertion = 'eyJh.eyJh.c2ln';

/** One message of every kind, at every place where it is read. */
export const everyMessage = (
  rings: Rings,
  clock: Clock = systemClock,
  randomness: Randomness = someRandomness,
): readonly Sample[] => {
  const writers = {
    portal: messageWriter(rings.portal, 'portal-1', clock, randomness),
    inside: messageWriter(rings.accounting, 'accounting', clock, randomness),
    gateway: messageWriter(rings.gateway, 'gateway-1', clock, randomness),
  };
  const readers = {
    portal: messageReader(rings.portal),
    gateway: messageReader(rings.gateway),
    inside: messageReader(rings.accounting),
  };
  const forward = forwarder(rings.gateway, 'gateway-1', clock);
  const draft = (type: MessageType): Draft => ({ type, subject: anna, data: everyPayload[type] });
  const said = (type: MessageType, more: Partial<Draft>, place: Place) =>
    (type.startsWith('ledger.re') ? writers.portal : writers.inside).write(
      { ...draft(type), ...more },
      place,
    );
  const sample = (name: string, message: WireMessage, reader: MessageReader): Sample => ({
    name,
    type: message.type as MessageType,
    message,
    reader,
  });

  const query = said('ledger.read-account', { assertion }, places.query(anna));
  const asked = readers.gateway.read(query);
  if (!asked.ok) throw new Error(asked.refusal.why);
  const answer = { status: 'OK', data: everyPayload['ledger.account-changed'] } as const;
  const reply = writers.inside.reply(asked.value, answer, places.replyInside('gateway-1'));
  const busy = { status: 'BUSY', retryAfterMs: 1_000 } as const;
  const refusal = writers.gateway.reply(asked.value, busy, places.reply('portal-1'));
  const edge = writers.portal.write(
    { ...draft('gateway.report-edge'), subject: nobody },
    places.patientQuery(nobody),
  );
  const reported = readers.gateway.read(edge);
  if (!reported.ok) throw new Error(reported.refusal.why);
  const inForce = { status: 'OK', data: { measures: [measure] } } as const;
  const measures = writers.gateway.reply(reported.value, inForce, places.reply('portal-1'));
  const payment = said('ledger.record-payment', { idempotencyKey: key }, places.command(anna));
  const refund = said('ledger.record-refund', { idempotencyKey: key }, places.command(anna));
  const customer = said('ledger.customer-changed', {}, places.eventInside);
  const account = said('ledger.account-changed', {}, places.eventInside);
  return [
    sample('query', query, readers.gateway),
    sample('query-forwarded', forward(query, places.queryInside(anna)), readers.inside),
    sample('payment', payment, readers.gateway),
    sample('payment-forwarded', forward(payment, places.commandInside(anna)), readers.inside),
    sample('refund', refund, readers.gateway),
    sample('refund-forwarded', forward(refund, places.commandInside(anna)), readers.inside),
    sample('reply', reply, readers.gateway),
    sample('reply-forwarded', forward(reply, places.reply('portal-1')), readers.portal),
    sample('refusal', refusal, readers.portal),
    sample('customer', customer, readers.gateway),
    sample('customer-forwarded', forward(customer, places.event), readers.portal),
    sample('account', account, readers.gateway),
    sample('account-forwarded', forward(account, places.event), readers.portal),
    sample(
      'budget',
      said('gateway.budget-granted', {}, places.control('gateway-1')),
      readers.gateway,
    ),
    sample(
      'canaries',
      said('gateway.canaries-listed', {}, places.control('gateway-1')),
      readers.gateway,
    ),
    sample('beat', writers.gateway.write(draft('gateway.beat'), places.beat), readers.inside),
    sample('edge', edge, readers.gateway),
    sample('measures', measures, readers.portal),
    sample(
      'keys',
      said('gateway.keys-announced', {}, places.control('gateway-1')),
      readers.gateway,
    ),
  ];
};
