import {
  detectorOf,
  type AdmitMessage,
  type AdmitRefusal,
} from '../../application/gateway/admit-message.ts';
import type { LearnOwnership } from '../../application/gateway/learn-ownership.ts';
import {
  detectorOfUnreadable,
  type RaiseIncident,
} from '../../application/gateway/raise-incident.ts';
import type { VouchForQuery } from '../../application/gateway/vouch-for-query.ts';
import type { Broker, WireMessage } from '../../application/ports/broker.ts';
import type { Envelope, MessageType } from '../../application/ports/envelope.ts';
import type { MessageReader, Unreadable } from '../../application/ports/message-reader.ts';
import type { Passing } from '../../domain/protection/traffic.ts';
import type { Instant } from '../../domain/time.ts';
import type { Forward } from './hop.ts';
import type { MessageWriter } from './message-writer.ts';
import type { Report } from './patience.ts';

/** Does what the inside says; the reader has held the data against the schema of its type. */
export type TakeControl = (control: Envelope) => void | Promise<void>;
export type Controls = Readonly<Partial<Record<MessageType, TakeControl>>>;

/** What the gateway's relay works with. */
export interface RelayNeeds {
  /** User `gateway` in the virtual host `portal`. */
  readonly portal: Broker;
  /** User `gateway` in the virtual host `core`. */
  readonly core: Broker;
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  readonly forward: Forward;
  readonly admit: AdmitMessage;
  readonly vouch: VouchForQuery;
  readonly raiseIncident: RaiseIncident;
  readonly learnOwnership: LearnOwnership;
  /** What the inside may tell the gateway itself, by type. */
  readonly controls: Controls;
  readonly now: () => Instant;
  /** Shown everything that came of the portal's messages. */
  readonly watch: (seen: Passing) => void;
  /** Told of trouble of our own, never of content. */
  readonly report: Report;
}

/** Raises an incident on a message nobody should have sent. */
export const suspectUnreadable = async (
  { raiseIncident }: Pick<RelayNeeds, 'raiseIncident'>,
  message: WireMessage,
  unreadable: Unreadable,
): Promise<void> => {
  await raiseIncident({
    detector: detectorOfUnreadable(unreadable),
    target: message.userId,
    evidence: `${unreadable.why} of ${message.messageId} at ${message.exchange} ${message.routingKey}`,
  });
};

/** Raises an incident where a refusal is a sign of an attack. */
export const suspectRefused = async (
  { raiseIncident }: Pick<RelayNeeds, 'raiseIncident'>,
  { id, type, source, subject }: Envelope,
  refusal: AdmitRefusal,
): Promise<void> => {
  const detector = detectorOf(refusal);
  if (detector === undefined) return;
  await raiseIncident({
    detector,
    target: detector === 'foreign-object' ? subject : source,
    evidence: `${refusal.reason}: ${type} ${id} of ${source}`,
  });
};
