import type {
  AccountingSystem,
  CommandOutcome,
} from '../../application/ports/accounting-system.ts';
import type { Broker, WireMessage } from '../../application/ports/broker.ts';
import type { Clock } from '../../application/ports/clock.ts';
import type { Envelope } from '../../application/ports/envelope.ts';
import type {
  AccountChanged,
  ReadAccount,
  RecordPayment,
  RecordRefund,
} from '../../application/ports/inside-messages.ts';
import type { MessageReader } from '../../application/ports/message-reader.ts';
import type { Deliver } from '../../application/publish-outbox.ts';
import { fittingParts, newestThatFit } from './fitting-parts.ts';
import type { Answer, MessageWriter } from './message-writer.ts';
import { readOutgoing } from './outgoing.ts';
import { onlyOnce, patiently, type Report, type Take } from './patience.ts';
import { places } from './places.ts';
import { requestHash } from './request-hash.ts';
import { sendDurably } from './send-durably.ts';
import { shards } from './topology.ts';

/** The inside's end of the line. */
export interface InsideEnd {
  /** User `connector` in the virtual host `core`. */
  readonly broker: Broker;
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  readonly accounting: AccountingSystem;
  readonly clock: Clock;
  readonly report: Report;
}

/**
 * Messages of one shard under way at once. How many there are in all is what the gateways were granted: a shard that is
 * busier than others must not keep granted places empty.
 */
const atOnce = { query: 8, command: 4 } as const;
const busyRetryMs = 1_000;

/** Starts doing what the gateway lets through; the answer stops it once what is under way is done. */
export const serveInside = async (end: InsideEnd): Promise<() => Promise<void>> => {
  const stops = [await serveCommands(end), await serveQueries(end)];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
};

/** Starts answering questions, which every program of the inside can. */
export const serveQueries = (end: InsideEnd): Promise<() => Promise<void>> =>
  ofEachShard(end, 'q', atOnce.query, onlyOnce(answerQuery(end), end.report));

/** Starts doing commands. What is under way when it is stopped and cannot be done goes back to its queue. */
export const serveCommands = async (end: InsideEnd): Promise<() => Promise<void>> => {
  let stopped = false;
  const commands = patiently(doCommand(end), () => stopped, end.report);
  const stop = await ofEachShard(end, 'c', atOnce.command, commands);
  return () => {
    stopped = true;
    return stop();
  };
};

async function ofEachShard(
  { broker }: InsideEnd,
  line: 'c' | 'q',
  many: number,
  take: Take,
): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  for (const shard of shards) {
    stops.push(await broker.consume(`core.ledger.${line}.${shard}`, many, take));
  }
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

const answerQuery =
  (end: InsideEnd): Take =>
  async (message) => {
    const query = read(end, message);
    if (query === undefined) return 'dead';
    // Nobody waits any more.
    if (query.expiresAt <= end.clock.now()) return 'done';

    const answer = await answerTo(end, query);
    // The reader has let nothing in at this place that no gateway carried.
    const back = places.replyInside(query.carriedBy ?? '');
    await end.broker.publish(end.writer.reply(query, answer, back));
    return 'done';
  };

const answerTo = async ({ accounting, report }: InsideEnd, query: Envelope): Promise<Answer> => {
  const { accountId } = query.data as ReadAccount;
  try {
    const account = await accounting.readAccount(accountId, query.subject);
    if (account === undefined) return { status: 'NOT_FOUND' };
    return { status: 'OK', data: newestThatFit(account) };
  } catch (error) {
    report(error);
    return { status: 'BUSY', retryAfterMs: busyRetryMs };
  }
};

/** A command is done once the accounting has committed it; a repeated one has one effect. */
const doCommand =
  (end: InsideEnd): Take =>
  async (message) => {
    const command = read(end, message);
    if (command?.idempotencyKey === undefined) return 'dead';
    if (command.expiresAt <= end.clock.now()) {
      end.report(new Error(`command ${command.id} ran out before it was done`));
      return 'dead';
    }
    const outcome = await record(end.accounting, command, command.idempotencyKey);
    if (outcome !== 'conflict') return 'done';
    end.report(
      new Error(`command ${command.id} asks for something else under a used key or reference`),
    );
    return 'dead';
  };

/** The reader has held the data against the schema of the type. */
function record(
  accounting: AccountingSystem,
  command: Envelope,
  idempotencyKey: string,
): Promise<CommandOutcome> {
  const { source, subject: customerId } = command;
  const facts = { source, idempotencyKey, requestHash: requestHash(command), customerId };
  return command.type === 'ledger.record-refund'
    ? accounting.recordRefund({ ...facts, refund: command.data as RecordRefund })
    : accounting.recordPayment({ ...facts, payment: command.data as RecordPayment });
}

const read = ({ reader, report }: InsideEnd, message: WireMessage): Envelope | undefined => {
  const opened = reader.read(message);
  if (opened.ok) return opened.value;
  report(new Error(`message ${message.messageId} not believed: ${opened.refusal.why}`));
  return undefined;
};

/**
 * Sends events of the books' outbox, whose body is `{type, data}`. An account with more operations than fit into one
 * message is told in several. Throws TooBusy or Outage where it must be tried again.
 */
export const eventSender =
  (broker: Broker, writer: MessageWriter): Deliver =>
  async (message) => {
    const { customerId: subject } = message;
    if (subject === undefined) return 'done';

    const { type, data, causedBy: causationId } = readOutgoing(message, 'event');
    const parts = type === 'ledger.account-changed' ? fittingParts(data as AccountChanged) : [data];
    for (const part of parts) {
      const draft = { type, subject, data: part, causationId };
      await sendDurably(broker, writer.write(draft, places.eventInside));
    }
    return 'done';
  };
