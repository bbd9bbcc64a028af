import type { WireMessage } from '../../application/ports/broker.ts';
import type { Clock } from '../../application/ports/clock.ts';
import type {
  Envelope,
  MessageClass,
  MessageType,
  ReplyStatus,
} from '../../application/ports/envelope.ts';
import type { Randomness } from '../../application/ports/randomness.ts';
import { isoText, later } from '../../domain/time.ts';
import type { KeyRing } from './key-ring.ts';
import type { Place } from './places.ts';
import {
  isDurable,
  type KindOf,
  kindOf,
  lifetimeMs,
  messageKinds,
} from './schemas/message-kinds.ts';
import { signFor } from './signing.ts';
import { userOf } from './sources.ts';

/** What is to be said; the writer adds who, when and for how long. */
export interface Draft {
  readonly type: MessageType;
  readonly subject: string;
  readonly data: unknown;
  /** Commands only. */
  readonly idempotencyKey?: string;
  /** Commands and events that are sent again: the message that could not be done. */
  readonly causationId?: string | undefined;
  /** Queries only: who asks, as the part that signs customers in has signed it. */
  readonly assertion?: string;
}

/** What a reply repeats of its query. */
export type Question = Pick<Envelope, 'id' | 'type' | 'subject' | 'dataschema'>;

/** How a query is answered. */
export interface Answer {
  readonly status: ReplyStatus;
  readonly retryAfterMs?: number | undefined;
  /** `OK` only. */
  readonly data?: unknown;
}

/** Signs messages as one source. The bytes are ready to be published, and only at the place they were written for. */
export interface MessageWriter {
  write(draft: Draft, place: Place): WireMessage;
  reply(query: Question, answer: Answer, place: Place): WireMessage;
}

/**
 * Writes as the ring's own source. `instance` (`portal-2`) is where answers to queries come back to. Everything else
 * is said by the source as such, so that a command stays the same whichever process repeats it.
 */
export const messageWriter = (
  keys: KeyRing,
  instance: string,
  clock: Clock,
  randomness: Randomness,
  kinds: KindOf = kindOf,
): MessageWriter => {
  const seal = (fields: Fields, messageClass: MessageClass, place: Place): WireMessage => {
    const now = clock.now();
    const id = randomness.id();
    const correlationId = fields.correlationid ?? id;
    const body = Buffer.from(
      JSON.stringify({
        specversion: '1.0',
        id,
        source: speaksAsInstance(messageClass) ? instance : keys.own.source,
        time: isoText(now),
        expirytime: isoText(later(now, lifetimeMs[messageClass])),
        nonce: Buffer.from(randomness.bytes(16)).toString('base64url'),
        ...fields,
        correlationid: correlationId,
      }),
    );
    const { kid, privateKey, source } = keys.own;
    return {
      ...place,
      body,
      messageId: id,
      correlationId,
      type: fields.type,
      userId: userOf[source],
      headers: { kid, sig: signFor(privateKey, { context: 'kabinet-message-1', ...place }, body) },
      durable: isDurable(messageClass),
    };
  };
  return {
    write: (draft, place) => seal(fieldsOf(draft), messageKinds[draft.type].messageClass, place),
    reply: ({ type, subject, id, dataschema }, { status, retryAfterMs, data }, place) => {
      const translate = kinds(type, dataschema)?.replyInItsWords;
      const words = translate === undefined || status !== 'OK' ? data : translate(data);
      return seal(
        { type, subject, dataschema, correlationid: id, status, retryAfterMs, data: words ?? {} },
        'reply',
        place,
      );
    },
  };
};

const fieldsOf = (draft: Draft): Fields => {
  const { type, subject, data, idempotencyKey, causationId, assertion } = draft;
  return {
    type,
    subject,
    dataschema: messageKinds[type].dataschema,
    idempotencykey: idempotencyKey,
    causationid: causationId,
    assertion,
    data,
  };
};

/** Where it matters which process said it: an answer goes back there, or it is what it tells. */
const speaksAsInstance = (messageClass: MessageClass): boolean =>
  messageClass === 'query' || messageClass === 'beat';

interface Fields {
  readonly type: MessageType;
  readonly subject: string;
  readonly dataschema: string;
  readonly correlationid?: string;
  readonly idempotencykey?: string | undefined;
  readonly causationid?: string | undefined;
  readonly assertion?: string | undefined;
  readonly status?: ReplyStatus;
  readonly retryAfterMs?: number | undefined;
  readonly data: unknown;
}
