import { isId } from '../domain/ids.ts';
import { ok, refused, type Result } from '../domain/result.ts';
import type { WireMessage } from './ports/broker.ts';
import type { Clock } from './ports/clock.ts';
import type { Envelope } from './ports/envelope.ts';
import type { MessageReader, Unreadable } from './ports/message-reader.ts';
import type { Outbox, OutgoingMessage } from './ports/outbox.ts';

/** Who says what lasts, each from an outbox of its own. */
export type LetterSource = 'portal' | 'accounting';

export type RedriveRefusal =
  | { readonly reason: 'unreadable'; readonly why: Unreadable['why'] }
  /** Another source said it: its own outbox must send it again. */
  | { readonly reason: 'not-ours'; readonly source: string }
  /** Nobody waits for it any more. */
  | { readonly reason: 'not-lasting' };

/**
 * Has a message that could not be done said again by whoever said it first, out of the source's own outbox: under a new
 * id and a fresh signature, naming the old one as its cause. A command keeps its key, so that whoever did it already
 * does it no second time; an event keeps its version, and an old one is ignored. Asked twice while it waits, it leaves
 * once. Answers the id in the outbox.
 */
export const redriveLetter =
  (source: LetterSource, reader: MessageReader, outbox: Pick<Outbox, 'put'>, clock: Clock) =>
  async (letter: WireMessage): Promise<Result<string, RedriveRefusal>> => {
    const read = reader.read(letter);
    if (!read.ok) return refused({ reason: 'unreadable', why: read.refusal.why });
    const envelope = read.value;
    if (envelope.source !== source) return refused({ reason: 'not-ours', source: envelope.source });
    const message = outgoingAgain(envelope, clock);
    if (message === undefined) return refused({ reason: 'not-lasting' });
    await outbox.put(message);
    return ok(message.id);
  };
export type RedriveLetter = ReturnType<typeof redriveLetter>;

const outgoingAgain = (envelope: Envelope, clock: Clock): OutgoingMessage | undefined => {
  const { id, messageClass, idempotencyKey, type, data, subject: customerId } = envelope;
  if (messageClass !== 'command' && messageClass !== 'event') return undefined;
  // The outbox's id of a command is its key; an event has none, and its own id keeps it from waiting twice.
  const outboxId = messageClass === 'command' ? idempotencyKey : id;
  if (outboxId === undefined || !isId(outboxId)) return undefined;
  const body = JSON.stringify({ type, data, causedBy: id });
  return { id: outboxId, topic: messageClass, customerId, body, createdAt: clock.now() };
};
