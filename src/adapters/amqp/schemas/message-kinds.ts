import { z } from 'zod';
import type { MessageClass, MessageType } from '../../../application/ports/envelope.ts';
import { day, minute, second } from '../../../domain/time.ts';
import { accountChangedSchema } from './account-changed.ts';
import { budgetGrantedSchema, gatewayBeatSchema } from './budget-granted.ts';
import { canariesListedSchema } from './canaries-listed.ts';
import { customerChangedSchema } from './customer-changed.ts';
import { keysAnnouncedSchema } from './keys-announced.ts';
import { edgeMeasuresSchema, reportEdgeFirstSchema, reportEdgeSchema } from './report-edge.ts';
import { readAccountSchema } from './read-account.ts';
import { recordPaymentFirstSchema, recordPaymentSchema } from './record-payment.ts';
import { recordRefundSchema } from './record-refund.ts';

/** What a type of message means and looks like. */
export interface MessageKind {
  readonly messageClass: Exclude<MessageClass, 'reply'>;
  readonly dataschema: string;
  readonly data: z.ZodType;
  /** What an answer `OK` carries; queries only. */
  readonly reply: z.ZodType | undefined;
  /** Of an older major: puts what we answer now into its words. */
  readonly replyInItsWords?: (data: unknown) => unknown;
}

/** Whether the broker must keep it over a restart. */
export const isDurable = (messageClass: MessageClass): boolean =>
  messageClass === 'command' || messageClass === 'event';

/** An answer that is not `OK` carries nothing. */
export const emptySchema = z.strictObject({});

export const messageKinds: Readonly<Record<MessageType, MessageKind>> = {
  'ledger.record-payment': {
    messageClass: 'command',
    dataschema: 'ledger.record-payment/2.0',
    data: recordPaymentSchema,
    reply: undefined,
  },
  'ledger.record-refund': {
    messageClass: 'command',
    dataschema: 'ledger.record-refund/1.0',
    data: recordRefundSchema,
    reply: undefined,
  },
  'ledger.read-account': {
    messageClass: 'query',
    dataschema: 'ledger.read-account/1.0',
    data: readAccountSchema,
    reply: accountChangedSchema,
  },
  'ledger.customer-changed': {
    messageClass: 'event',
    dataschema: 'ledger.customer-changed/1.0',
    data: customerChangedSchema,
    reply: undefined,
  },
  'ledger.account-changed': {
    messageClass: 'event',
    dataschema: 'ledger.account-changed/1.0',
    data: accountChangedSchema,
    reply: undefined,
  },
  'gateway.budget-granted': {
    messageClass: 'control',
    dataschema: 'gateway.budget-granted/1.0',
    data: budgetGrantedSchema,
    reply: undefined,
  },
  'gateway.beat': {
    messageClass: 'beat',
    dataschema: 'gateway.beat/1.0',
    data: gatewayBeatSchema,
    reply: undefined,
  },
  'gateway.canaries-listed': {
    messageClass: 'control',
    dataschema: 'gateway.canaries-listed/1.0',
    data: canariesListedSchema,
    reply: undefined,
  },
  'gateway.report-edge': {
    messageClass: 'query',
    dataschema: 'gateway.report-edge/2.0',
    data: reportEdgeSchema,
    reply: edgeMeasuresSchema,
  },
  'gateway.keys-announced': {
    messageClass: 'control',
    dataschema: 'gateway.keys-announced/1.0',
    data: keysAnnouncedSchema,
    reply: undefined,
  },
};

/**
 * Majors still understood beside the newest, for a release. Their schemas end in a transform to what the newest says,
 * so that nobody behind the reader knows of them.
 */
export const olderKinds: Readonly<Partial<Record<MessageType, readonly MessageKind[]>>> = {
  // The provider's name of a payment is optional in what the newest says.
  'ledger.record-payment': [
    {
      messageClass: 'command',
      dataschema: 'ledger.record-payment/1.0',
      data: recordPaymentFirstSchema,
      reply: undefined,
    },
  ],
  // Documents are optional in what the newest says, so there is nothing to put into other words.
  'gateway.report-edge': [
    {
      messageClass: 'query',
      dataschema: 'gateway.report-edge/1.0',
      data: reportEdgeFirstSchema,
      reply: edgeMeasuresSchema,
    },
  ],
};

/** The kind of a message by its type and `dataschema`; undefined for a version nobody understands. */
export type KindOf = (type: MessageType, dataschema: string) => MessageKind | undefined;
export const kindOf: KindOf = (type, dataschema) =>
  [messageKinds[type], ...(olderKinds[type] ?? [])].find((kind) => kind.dataschema === dataschema);

/**
 * How long a message is good. Nobody waits longer for an answer. Commands and events carry what already happened:
 * they outlive a long week-end without the inside, and their repetition is harmless by key and by version; what still
 * runs out goes to the dead letters, where people find it.
 */
export const lifetimeMs: Readonly<Record<MessageClass, number>> = {
  query: 3 * second,
  reply: 3 * second,
  command: 7 * day,
  event: 7 * day,
  control: minute,
  beat: 10 * second,
};
