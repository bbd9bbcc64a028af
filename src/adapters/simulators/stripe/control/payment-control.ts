import { z } from 'zod';
import type { Timers } from '../../timers.ts';
import type { Acquirer } from '../acquirer.ts';
import { forgeries } from '../webhooks/forgery.ts';
import type { Forgery } from '../webhooks/forgery.ts';
import { changeAmount, decline, declines, expire, isUndecided } from '../payer-moves.ts';
import { pay, payLater, retell } from '../payer-moves.ts';
import type { Fact, Wire } from '../payer-moves.ts';
import type { Session } from '../stripe-objects.ts';
import type { Delivery, WebhookSender } from '../webhooks/webhook-sender.ts';

const outcomes = ['pay', 'decline', 'leave', 'expire', 'delayed'] as const;

/** What may be asked of one payment; see `control`. */
export const orderShape = z.strictObject({
  outcome: z.enum(outcomes),
  delayMs: z.number().int().min(0).max(3_600_000).default(0),
  times: z.number().int().min(0).max(100).default(1),
  reversed: z.boolean().default(false),
  forge: z
    .union([z.boolean(), z.enum(forgeries)])
    .transform((forge) => (forge === true ? 'signature' : forge === false ? undefined : forge))
    .optional(),
  amountMinor: z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
    .pipe(z.number().int().min(1).max(999_999_999_999))
    .optional(),
});
export type Order = z.output<typeof orderShape>;

export interface Done {
  readonly paymentId: string;
  readonly sessionId: string;
  readonly outcome: Order['outcome'];
  readonly forged: Forgery | false;
  readonly status: Session['status'];
  readonly paymentStatus: Session['paymentStatus'];
  readonly intentStatus: string | undefined;
  /** The first try of each notification; empty when they are delayed. */
  readonly notifications: readonly Delivery[];
  readonly notificationsInMs: number | undefined;
}

/**
 * Lets the payer of a session act. The payment changes at once; its notifications go out after
 * `delayMs`, `times` copies each. With `forge` nothing is paid at all: somebody merely sends a bad
 * notification that says so. `amountMinor` makes it another sum than the shop asked for. Paying
 * what is paid tells the same fact again under new event ids. After `delayed` the payment waits for
 * another order. Undefined: this cannot happen any more.
 */
export async function control(
  session: Session,
  order: Order,
  { acquirer, webhooks, timers }: { acquirer: Acquirer; webhooks: WebhookSender; timers: Timers },
): Promise<Done | undefined> {
  const { forge, delayMs, times } = order;
  const acting = forge === undefined ? session : structuredClone(session);
  const facts = act(acting, order, acquirer.wire);
  if (facts === undefined) return undefined;

  const told = order.reversed ? facts.toReversed() : facts;
  const send = () => webhooks.send(told, { times, forge });
  if (delayMs > 0) timers.after(delayMs, () => void send());
  return {
    notifications: delayMs > 0 ? [] : await send(),
    paymentId: session.paymentId,
    sessionId: session.id,
    outcome: order.outcome,
    forged: forge ?? false,
    status: session.status,
    paymentStatus: session.paymentStatus,
    intentStatus: session.intent?.status,
    notificationsInMs: delayMs > 0 ? delayMs : undefined,
  };
}

function act(session: Session, order: Order, wire: Wire): Fact[] | undefined {
  const { outcome, amountMinor } = order;
  if (outcome === 'leave') return [];
  const isRetelling = outcome === 'pay' && session.status === 'complete' && !isUndecided(session);
  const isPossible = isRetelling || isUndecided(session);
  if (!isPossible) return undefined;
  if (needsOpen.includes(outcome) && session.status !== 'open') return undefined;

  if (amountMinor !== undefined) changeAmount(session, amountMinor);
  if (isRetelling) return retell(session, wire);
  return moves[outcome](session, wire);
}

const needsOpen: readonly Order['outcome'][] = ['expire', 'delayed'];

const moves = {
  pay,
  decline: (session: Session, wire: Wire) => decline(session, declines.declined, wire),
  expire,
  delayed: payLater,
};
