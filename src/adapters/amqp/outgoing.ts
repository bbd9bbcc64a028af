import { z } from 'zod';
import { messageTypes, type MessageType } from '../../application/ports/envelope.ts';
import type { OutgoingMessage } from '../../application/ports/outbox.ts';
import { type MessageKind, messageKinds } from './schemas/message-kinds.ts';

const outgoingSchema = z.strictObject({
  type: z.enum(messageTypes),
  data: z.unknown(),
  /** The message that could not be done, where this is sent again for it. */
  causedBy: z.uuid().optional(),
});

/** Reads what an outbox was given to send. Throws an Error where it is not a message of the class. */
export const readOutgoing = (
  { id, body }: OutgoingMessage,
  messageClass: MessageKind['messageClass'],
): {
  readonly type: MessageType;
  readonly data: unknown;
  readonly causedBy?: string | undefined;
} => {
  const outgoing = outgoingSchema.safeParse(JSON.parse(body)).data;
  if (outgoing === undefined || messageKinds[outgoing.type].messageClass !== messageClass) {
    throw new Error(`the outbox message ${id} is no ${messageClass}`);
  }
  return outgoing;
};
