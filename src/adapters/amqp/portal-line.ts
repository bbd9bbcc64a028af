import { readAccountChanged } from '../../application/accounts/take-inside-events.ts';
import type { AssertionIssuer } from '../../application/ports/customer-assertions.ts';
import type { Broker } from '../../application/ports/broker.ts';
import type { Clock } from '../../application/ports/clock.ts';
import { type Envelope, nobody } from '../../application/ports/envelope.ts';
import type { EdgeLine, EdgeMeasures } from '../../application/ports/edge-watch.ts';
import type { FreshAccount, InsideLine } from '../../application/ports/inside-line.ts';
import type { AccountChanged, CustomerChanged } from '../../application/ports/inside-messages.ts';
import type { MessageReader } from '../../application/ports/message-reader.ts';
import type { Deliver } from '../../application/publish-outbox.ts';
import { second } from '../../domain/time.ts';
import { inTurn } from './in-turn.ts';
import type { Draft, MessageWriter } from './message-writer.ts';
import { openQuestions } from './open-questions.ts';
import { onlyOnce, patiently, type Report, type Take } from './patience.ts';
import { type Place, places } from './places.ts';
import { readOutgoing } from './outgoing.ts';
import { questionTurns, type TurnLimits } from './question-turns.ts';
import { sendDurably } from './send-durably.ts';

/** The portal's end of the line to the inside. */
export interface PortalEnd {
  /** User `portal` in the virtual host `portal`. */
  readonly broker: Broker;
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Says who asks. */
  readonly assertions: AssertionIssuer;
  readonly clock: Clock;
  /** Where answers come back to: one of `portalInstances`, another one in every process. */
  readonly instance: string;
}

/** How long a customer waits for fresh figures before seeing the last known ones. */
const answerMs = 3 * second;
/**
 * What the inside works on at once and what queues before it for the third of a second it may is about this many. More
 * would only make all of them later, where the way there is slower than they come.
 */
const turnLimits: TurnLimits = {
  underWay: 128,
  waiting: 64,
  waitingPerCustomer: 4,
  waitMs: 300,
};
const repliesAtOnce = 50;
const eventsAtOnce = 50;
const busyRetryMs = 1_000;

/** Opens the line for questions; answers come on the instance's own queue until it is closed. */
export const openPortalQuestions = async (
  { broker, reader, writer, assertions, clock, instance }: PortalEnd,
  report: Report = () => undefined,
): Promise<InsideLine & EdgeLine & { close(): Promise<void> }> => {
  const questions = openQuestions(answerMs);
  const turns = questionTurns(turnLimits, () => clock.now());
  const takeReply: Take = (message) => {
    const read = reader.read(message);
    if (read.ok) questions.answer(read.value);
    else report(new Error(`reply ${message.messageId} not believed: ${read.refusal.why}`));
    return Promise.resolve('done');
  };
  const stop = await broker.consume(
    `gw.reply.${instance}`,
    repliesAtOnce,
    onlyOnce(takeReply, report),
  );
  const ask = (draft: Draft, place: Place): Promise<Envelope | undefined> => {
    const message = writer.write(draft, place);
    const answer = questions.ask(
      message.messageId,
      (reply) => reply.subject === draft.subject && reply.type === draft.type,
    );
    // A queue that is full or gone answers at once; an answer may also come before the broker has confirmed.
    broker.publish(message).then(
      (taken) => {
        if (taken === 'full') questions.giveUp(message.messageId);
      },
      (error: unknown) => {
        report(error);
        questions.giveUp(message.messageId);
      },
    );
    return answer;
  };
  return {
    readAccount: async (accountId, asking) => {
      const subject = asking.session.customerId;
      const fresh = await turns.take(subject, async () => {
        const assertion = await assertions.assertionFor(asking, accountId);
        const data = { accountId };
        const draft = { type: 'ledger.read-account', subject, assertion, data } as const;
        return freshAccount(await ask(draft, places.query(subject)), accountId);
      });
      return fresh ?? busy;
    },
    reportEdge: async (seen) => {
      const draft = { type: 'gateway.report-edge', subject: nobody, data: seen } as const;
      const reply = await ask(draft, places.patientQuery(nobody));
      // The reader has held the data against the schema of the type.
      return reply?.status === 'OK' ? (reply.data as EdgeMeasures) : undefined;
    },
    close: async () => {
      turns.close();
      questions.giveUp();
      await stop();
    },
  };
};

const busy: FreshAccount = { outcome: 'busy', retryAfterMs: busyRetryMs };

const freshAccount = (reply: Envelope | undefined, accountId: string): FreshAccount => {
  if (reply?.status === 'NOT_FOUND') return { outcome: 'not-found' };
  if (reply?.status === 'OK') {
    // The reader has held the data against the schema of the type.
    const change = readAccountChanged(reply.data as AccountChanged);
    if (change.account.id === accountId) return { outcome: 'fresh', change };
  }
  return reply?.retryAfterMs === undefined
    ? busy
    : { outcome: 'busy', retryAfterMs: reply.retryAfterMs };
};

/**
 * Sends commands of the outbox: its body is `{type, data}`, its id the key under which a command has one effect.
 * Throws TooBusy or Outage where it must be tried again.
 */
export const commandSender =
  (broker: Broker, writer: MessageWriter): Deliver =>
  async (message) => {
    const { customerId: subject, id: idempotencyKey } = message;
    if (subject === undefined) return 'done';

    const { type, data, causedBy: causationId } = readOutgoing(message, 'command');
    const draft = { type, subject, data, idempotencyKey, causationId };
    await sendDurably(broker, writer.write(draft, places.command(subject)));
    return 'done';
  };

export interface EventTakers {
  customerChanged(event: CustomerChanged): Promise<void>;
  accountChanged(event: AccountChanged): Promise<void>;
}

/**
 * Takes what the inside tells, each customer's events in their order; an event is done once its taker has returned.
 * Answers what stops it.
 */
export const consumeEvents = async (
  broker: Broker,
  reader: MessageReader,
  takers: EventTakers,
  report: Report = () => undefined,
): Promise<() => Promise<void>> => {
  const turn = inTurn();
  let stopped = false;
  const takeEvent = (event: Envelope): Promise<void> =>
    event.type === 'ledger.customer-changed'
      ? takers.customerChanged(event.data as CustomerChanged)
      : takers.accountChanged(event.data as AccountChanged);
  const stop = await broker.consume('gw.evt.portal', eventsAtOnce, (message) => {
    const read = reader.read(message);
    if (!read.ok) {
      report(new Error(`event ${message.messageId} not believed: ${read.refusal.why}`));
      return Promise.resolve('dead');
    }
    const event = read.value;
    const take: Take = () => takeEvent(event).then(() => 'done');
    return turn(event.subject, () => patiently(take, () => stopped, report)(message));
  });
  return () => {
    stopped = true;
    return stop();
  };
};
