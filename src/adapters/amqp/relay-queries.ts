import type { AdmitRefusal } from '../../application/gateway/admit-message.ts';
import { answerRefusal, type RefusalAnswer } from '../../application/gateway/answer-refusal.ts';
import type { Envelope } from '../../application/ports/envelope.ts';
import type { TakeVerdict, WireMessage } from '../../application/ports/broker.ts';
import { second } from '../../domain/time.ts';
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
    const vouched = await needs.vouch(read.value);
    if (!vouched.ok) return refuse(needs, read.value, vouched.refusal);
    const query = vouched.value;
    const admitted = await needs.admit({ envelope: query, requestHash: requestHash(query) });
    if (!admitted.ok) return refuse(needs, query, admitted.refusal);

    open.open(query, admitted.value, answerMs);
    if (await isTakenInside(needs, message, query)) return 'done';

    open.close(query.id);
    await answer(needs, query, insideBusy);
    return 'done';
  };

const refuse = async (
  needs: RelayNeeds,
  query: Envelope,
  refusal: AdmitRefusal,
): Promise<TakeVerdict> => {
  await suspectRefused(needs, query, refusal);
  await answer(needs, query, answerRefusal(refusal));
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
  refusal: RefusalAnswer,
): Promise<void> => {
  // Not told, the portal finds out by waiting.
  await portal.publish(writer.reply(query, refusal, places.reply(query.source)));
};
