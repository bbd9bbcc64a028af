import type { Envelope } from '../../application/ports/envelope.ts';

/** Questions that wait for their reply, each for a bounded time. */
export interface OpenQuestions {
  /** The reply, or undefined when none came in time. */
  ask(id: string, isReply: (reply: Envelope) => boolean): Promise<Envelope | undefined>;
  answer(reply: Envelope): void;
  /** Gives up on one or, without an id, on all. */
  giveUp(id?: string): void;
}

export const openQuestions = (waitMs: number): OpenQuestions => {
  const open = new Map<string, (reply: Envelope | undefined) => void>();
  const giveUp = (id?: string): void => {
    for (const one of id === undefined ? [...open.keys()] : [id]) open.get(one)?.(undefined);
  };
  return {
    ask: (id, isReply) =>
      new Promise((resolve) => {
        const timer = setTimeout(giveUp, waitMs, id);
        open.set(id, (reply) => {
          if (reply !== undefined && !isReply(reply)) return;
          open.delete(id);
          clearTimeout(timer);
          resolve(reply);
        });
      }),
    answer: (reply) => open.get(reply.correlationId)?.(reply),
    giveUp,
  };
};
