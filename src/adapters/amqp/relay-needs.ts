import {
  detectorOf,
  type AdmitMessage,
  type AdmitRefusal,
} from '../../application/gateway/admit-message.ts';
import type { BodyKeeper } from '../../application/gateway/keep-refused-bodies.ts';
import type { LearnOwnership } from '../../application/gateway/learn-ownership.ts';
import type { OperationBudgets } from '../../application/gateway/operation-budgets.ts';
import type { QueryGate } from '../../application/gateway/query-gate.ts';
import type { NoteRefusal } from '../../application/gateway/note-refusal.ts';
import {
  detectorOfUnreadable,
  type ReportSuspicion,
} from '../../application/gateway/raise-incident.ts';
import type { VouchForQuery } from '../../application/gateway/vouch-for-query.ts';
import type { Broker, WireMessage } from '../../application/ports/broker.ts';
import type { Envelope, MessageType } from '../../application/ports/envelope.ts';
import type { MessageReader, Unreadable } from '../../application/ports/message-reader.ts';
import { incidentKey } from '../../domain/protection/incident.ts';
import type { Passage, Passing } from '../../domain/protection/traffic.ts';
import type { Instant } from '../../domain/time.ts';
import type { Forward } from './hop.ts';
import type { MessageWriter } from './message-writer.ts';
import type { Report, Take } from './patience.ts';
import { deadQueueOf } from './topology.ts';

/** Does what the inside says; the reader has held the data against the schema of its type. */
export type TakeControl = (control: Envelope) => void | Promise<void>;
export type Controls = Readonly<Partial<Record<MessageType, TakeControl>>>;

/** Answers a query that is for the gateway itself; the reader has held the data against the schema of its type. */
export type AnswerQuery = (query: Envelope) => unknown;
export type Answers = Readonly<Partial<Record<MessageType, AnswerQuery>>> & {
  readonly 'gateway.report-edge': AnswerQuery;
};

/** What the gateway's relay works with. */
export interface RelayNeeds {
  /** Which of the gateways this one is, such as `gateway-1`. */
  readonly instance: string;
  /** User `gateway` in the virtual host `portal`. */
  readonly portal: Broker;
  /** User `gateway` in the virtual host `core`. */
  readonly core: Broker;
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  readonly forward: Forward;
  readonly admit: AdmitMessage;
  readonly vouch: VouchForQuery;
  readonly budgets: OperationBudgets;
  readonly gate: QueryGate;
  readonly raiseIncident: ReportSuspicion;
  /** Keeps the body of a message that could not be believed. */
  readonly keepBody: BodyKeeper['keep'];
  /** Shown every refusal, before anybody learns of it. */
  readonly noteRefusal: NoteRefusal;
  readonly learnOwnership: LearnOwnership;
  /** What the inside may tell the gateway itself, by type. */
  readonly controls: Controls;
  /** What the portal may ask the gateway itself, by type. */
  readonly answers: Answers;
  readonly now: () => Instant;
  /** Told before the first query of customers whom another gateway may have served until now. */
  readonly tookOver: () => void;
  /** Shown everything that came of the portal's messages. */
  readonly watch: (seen: Passing) => void;
  /** Told of trouble of our own, never of content. */
  readonly report: Report;
}

/** Raises an incident on a message nobody should have sent. */
export const suspectUnreadable = async (
  { raiseIncident, keepBody }: Pick<RelayNeeds, 'raiseIncident' | 'keepBody'>,
  message: WireMessage,
  unreadable: Unreadable,
): Promise<void> => {
  const detector = detectorOfUnreadable(unreadable);
  const target = message.userId;
  keepBody(message, incidentKey({ detector, target }));
  await raiseIncident({
    detector,
    target,
    evidence: `${unreadable.why} of ${message.messageId} at ${message.exchange} ${message.routingKey}`,
  });
};

/** Raises an incident where a refusal is a sign of an attack. */
export const suspectRefused = async (
  { raiseIncident, noteRefusal }: Pick<RelayNeeds, 'raiseIncident' | 'noteRefusal'>,
  envelope: Envelope,
  refusal: AdmitRefusal,
): Promise<void> => {
  noteRefusal(envelope, refusal);
  const { id, type, source, subject } = envelope;
  const detector = detectorOf(refusal);
  if (detector === undefined) return;
  await raiseIncident({
    detector,
    target: detector === 'foreign-object' ? subject : source,
    evidence: `${refusal.reason}: ${type} ${id} of ${source}`,
  });
};

/** Shows the detectors what became of a message. */
export const see = (
  { watch, now, budgets }: RelayNeeds,
  query: Pick<Envelope, 'type' | 'subject' | 'assertion'>,
  passage: Passage,
): void => {
  const { type: operation, subject: customer, assertion } = query;
  const { sessionId: session, subnet } = assertion ?? {};
  const at = now();
  const cost = budgets.state(operation, at)?.grant.cost ?? 1;
  watch({ at, operation, customer, session, subnet, cost, passage });
};

/** Raises an incident on every message that goes to the dead letters: people have to look at it. */
export const buryOpenly =
  ({ raiseIncident }: Pick<RelayNeeds, 'raiseIncident'>, take: Take): Take =>
  async (message) => {
    const verdict = await take(message);
    if (verdict === 'dead') {
      const { type, messageId, exchange, routingKey } = message;
      const evidence = `${type} ${messageId} of ${exchange} ${routingKey}`;
      // The same incident as of what the broker itself puts there.
      const target = deadQueueOf(exchange);
      await raiseIncident({ detector: 'dead-letter', target, evidence });
    }
    return verdict;
  };
