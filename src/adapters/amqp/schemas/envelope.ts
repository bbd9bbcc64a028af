import { z } from 'zod';
import { messageTypes, type ReplyStatus } from '../../../application/ports/envelope.ts';
import { idField, patternField, timeField } from './fields.ts';

const replyStatuses = [
  'OK',
  'BUSY',
  'NOT_FOUND',
  'INVALID',
  'EXPIRED',
  'INTERNAL',
] as const satisfies readonly ReplyStatus[];

/** The body of every message; names follow CloudEvents where it has one. */
export const envelopeSchema = z.strictObject({
  specversion: z.literal('1.0'),
  id: idField,
  source: patternField(32, /^[a-z]+(-[1-9]\d{0,3})?$/),
  type: z.enum(messageTypes),
  dataschema: z.string().max(64),
  time: timeField,
  expirytime: timeField,
  /** 16 random bytes in base64url. */
  nonce: patternField(22, /^[\w-]{22}$/),
  subject: idField,
  correlationid: idField,
  /** Of a message that is sent again: the one that could not be done. Commands and events only. */
  causationid: idField.optional(),
  idempotencykey: patternField(64, /^[\w-]{22,64}$/).optional(),
  /** Compact JWS of the part that signs customers in; queries only. */
  assertion: patternField(6_000, /^[\w-]+\.[\w-]+\.[\w-]+$/).optional(),
  status: z.enum(replyStatuses).optional(),
  retryAfterMs: z.number().int().positive().max(3_600_000).optional(),
  data: z.unknown(),
});
export type EnvelopeJson = z.infer<typeof envelopeSchema>;
