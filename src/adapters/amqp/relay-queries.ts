import type { AdmitRefusal } from '../../application/gateway/admit-message.ts';
import { answerRefusal, type RefusalAnswer } from '../../application/gateway/answer-refusal.ts';
import type { Asked } from '../../application/gateway/query-gate.ts';
import {
  type Envelope,
  isForGateway,
  type MessageType,
  messageTypes,
} from '../../application/ports/envelope.ts';
import type { TakeVerdict, WireMessage } from '../../application/ports/broker.ts';
import { type Instant, later, second } from '../../domain/time.ts';
import { claimOf } from './claim.ts';
import type { Admission, GateTurns } from './gate-turns.ts';
import type { Answer, Question } from './message-writer.ts';
import type { OpenQueries } from './open-queries.ts';
import type { Take } from './patience.ts';
import { places } from './places.ts';
import { type RelayNeeds, see, suspectRefused, suspectUnreadable } from './relay-needs.ts';
import { messageKinds } from './schemas/message-kinds.ts';

/** What goes inside: what the gateway answers itself costs the inside nothing. */
const queryTypes: ReadonlyMap<string, MessageType> = new Map(
  messageTypes
    .filter((type) => messageKinds[type].messageClass === 'query' && !isForGateway(type))
    .map((type) => [type, type]),
);

/** How long the inside may take; the portal has given up by then. */
const answerMs = 3 * second;
const insideBusy: RefusalAnswer = { status: 'BUSY', retryAfterMs: 1_000 };

/** Takes the portal's queries inside, or answers that it will not. */
export const relayQueries =
  (needs: RelayNeeds, turns: GateTurns, open: OpenQueries): Take =>
  (message) => {
    const operation = queryTypes.get(message.type);
    const relay = () => relayQuery(needs, turns, open, message);
    // What the gateway answers itself never waits for the inside.
    return operation === undefined ? relay() : turns.whenThereIsRoom(operation, relay);
  };

const relayQuery = async (
  needs: RelayNeeds,
  turns: GateTurns,
  open: OpenQueries,
  message: WireMessage,
): Promise<TakeVerdict> => {
  if (await isTurnedAway(needs, turns, message)) return 'done';
  const read = needs.reader.read(message);
  if (!read.ok) {
    await suspectUnreadable(needs, message, read.refusal);
    return 'dead';
  }
  const vouched = await needs.vouch(read.value);
  if (!vouched.ok) return refuse(needs, read.value, vouched.refusal);
  const query = vouched.value;
  const admitted = await needs.admit({ envelope: query });
  if (!admitted.ok) return refuse(needs, query, admitted.refusal);

  const answerOwn = needs.answers[query.type];
  if (answerOwn !== undefined) {
    await answer(needs, query, { status: 'OK', data: answerOwn(query) });
    return 'done';
  }
  const turn = turns.enter(askedBy(message, query, needs.now()));
  // Done with, as far as the broker goes: who waits at the gate must not keep others of the shard from coming in.
  goInside(needs, open, message, query, turn).catch(needs.report);
  return 'done';
};

const goInside = async (
  needs: RelayNeeds,
  open: OpenQueries,
  message: WireMessage,
  query: Envelope,
  waiting: Promise<Admission>,
): Promise<void> => {
  const turn = await waiting;
  if ('retryAfterMs' in turn) {
    see(needs, query, 'busy');
    await answer(needs, query, busyFor(turn.retryAfterMs));
    return;
  }
  see(needs, query, 'passed');
  open.open(query, turn.giveBack, answerMs);
  if (await isTakenInside(needs, message, query)) return;

  open.close(query.id, 'overloaded');
  await answer(needs, query, insideBusy);
};

const refuse = async (
  needs: RelayNeeds,
  query: Envelope,
  refusal: AdmitRefusal,
): Promise<TakeVerdict> => {
  see(needs, query, 'refused');
  await suspectRefused(needs, query, refusal);
  await answer(needs, query, answerRefusal(refusal));
  return 'done';
};

/**
 * Turns a query away before its signature is looked at, which is most of the work, when even a true one would be
 * turned away now. So a flood costs little, and no more is believed of it than where to send the refusal.
 */
const isTurnedAway = async (
  needs: RelayNeeds,
  turns: GateTurns,
  message: WireMessage,
): Promise<boolean> => {
  const claim = claimOf(message);
  const operation = queryTypes.get(message.type);
  if (claim === undefined || operation === undefined) return false;

  const now = needs.now();
  const { subject, source, dataschema } = claim;
  const expiresAt = deadlineOf(claim, now);
  const lane = laneOf(message);
  const ms = turns.refusalMs({ operation, lane, customer: subject, subnet: undefined, expiresAt });
  if (ms === undefined) return false;

  const query = { type: operation, subject, id: message.messageId, source, dataschema };
  see(needs, { ...query, assertion: undefined }, 'busy');
  await answer(needs, query, busyFor(ms));
  return true;
};

const busyFor = (retryAfterMs: number): RefusalAnswer => ({
  status: 'BUSY',
  retryAfterMs: Math.max(1, retryAfterMs),
});

const askedBy = (message: WireMessage, query: Envelope, now: Instant): Asked => ({
  operation: query.type,
  lane: laneOf(message),
  customer: query.subject,
  subnet: query.assertion?.subnet,
  expiresAt: deadlineOf(query, now),
});

/** The author's clock may be off by more than an answer takes: then the time left is counted from now. */
const deadlineOf = ({ expiresAt }: { readonly expiresAt: Instant }, now: Instant): Instant =>
  expiresAt > now && expiresAt - now <= answerMs ? expiresAt : later(now, answerMs);

const laneOf = ({ routingKey }: WireMessage): 'hi' | 'lo' =>
  routingKey.startsWith('lo.') ? 'lo' : 'hi';

const isTakenInside = async (
  { core, forward, report }: RelayNeeds,
  message: WireMessage,
  query: Envelope,
): Promise<boolean> => {
  try {
    const inside = forward(message, places.queryInside(query.subject));
    return (await core.publish(inside)) === 'taken';
  } catch (error) {
    report(error);
    return false;
  }
};

const answer = async (
  { portal, writer }: RelayNeeds,
  query: Question & { readonly source: string },
  said: Answer,
): Promise<void> => {
  // Not told, the portal finds out by waiting.
  await portal.publish(writer.reply(query, said, places.reply(query.source)));
};
