import type { ReplyStatus } from '../ports/envelope.ts';
import type { AdmitRefusal } from './admit-message.ts';

export interface RefusalAnswer {
  readonly status: Extract<ReplyStatus, 'BUSY' | 'NOT_FOUND'>;
  readonly retryAfterMs: number | undefined;
}

/** Asked of everybody who is refused for no reason we would tell. */
const quietRetryMs = 1_000;

/**
 * What the portal is told. The reasons of detection stay here: a foreign object answers as an unknown one does,
 * everything else as if we were busy.
 */
export const answerRefusal = (refusal: AdmitRefusal): RefusalAnswer => {
  switch (refusal.reason) {
    case 'foreign-object':
      return { status: 'NOT_FOUND', retryAfterMs: undefined };
    case 'over-budget':
      return { status: 'BUSY', retryAfterMs: Math.max(1, refusal.retryAfterMs) };
    default:
      return { status: 'BUSY', retryAfterMs: quietRetryMs };
  }
};
