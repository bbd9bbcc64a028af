import { answerRefusal, type RefusalAnswer } from '../../application/gateway/answer-refusal.ts';
import type { Envelope } from '../../application/ports/envelope.ts';
import type { WireMessage } from '../../application/ports/broker.ts';
import { second } from '../../domain/time.ts';
import type { Answer } from './message-writer.ts';
import type { OpenQueries } from './open-queries.ts';
import type { Take } from './patience.ts';
import { places } from './places.ts';
import { type RelayNeeds, suspectRefused, suspectUnreadable } from './relay-needs.ts';
import { requestHash } from './request-hash.ts';

/** How long the inside may take; the portal has given up by then. */
const answerMs = 3 * second;
const insideBusy: RefusalAnswer = { status: 'BUSY', retryAfterMs: 1_000 };

/** Takes the portal's queries inside, or answers that it will not. */
export const relayQueries =
  (needs: RelayNeeds, open: OpenQueries): Take =>
  async (message) => {
    const read = needs.reader.read(message);
    if (!read.ok) {
      await suspectUnreadable(needs, message, read.refusal);
      return 'dead';
    }
    const query = read.value;
    const admitted = await needs.admit({ envelope: query, requestHash: requestHash(query) });
    if (!admitted.ok) {
      await suspectRefused(needs, query, admitted.refusal);
      await answer(needs, query, answerRefusal(admitted.refusal));
      return 'done';
    }
    const answerOwn = needs.answers[query.type];
    if (answerOwn !== undefined) {
      admitted.value();
      await answer(needs, query, { status: 'OK', data: answerOwn(query) });
      return 'done';
    }
    open.open(query, admitted.value, answerMs);
    if (await isTakenInside(needs, message, query)) return 'done';

    open.close(query.id);
    await answer(needs, query, insideBusy);
    return 'done';
  };

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
  query: Envelope,
  said: Answer,
): Promise<void> => {
  // Not told, the portal finds out by waiting.
  await portal.publish(writer.reply(query, said, places.reply(query.source)));
};
