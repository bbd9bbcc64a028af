import { closeDispute, openDispute } from '../disputes.ts';
import { changeAmount, decline, declines, expire } from '../payer-moves.ts';
import { isPaid, isUndecided, pay, payLater, retell } from '../payer-moves.ts';
import type { Fact, Wire } from '../payer-moves.ts';
import type { Refunds } from '../refunds.ts';
import type { Intent, Session } from '../stripe-objects.ts';

export const outcomeWords = [
  'pay',
  'decline',
  'insufficient-funds',
  '3ds-failed',
  'delayed',
  'cancel',
  'leave',
  'expire',
  'refund',
  'refund-waits',
  'refund-succeeds',
  'refund-fails',
  'dispute',
  'dispute-won',
  'dispute-lost',
] as const;
export type OutcomeWord = (typeof outcomeWords)[number];

interface Around {
  readonly wire: Wire;
  readonly refunds: Refunds;
}

/** What happens to the session, told as facts; undefined when it cannot happen any more. */
type Outcome = (
  session: Session,
  amountMinor: number | undefined,
  around: Around,
) => Fact[] | undefined;

/** A payer who cancels goes back to the shop, and one who leaves goes anywhere: the session knows of neither. */
const nothing: Outcome = () => [];

export const outcomes: Readonly<Record<OutcomeWord, Outcome>> = {
  pay: (session, amountMinor, { wire }) => {
    const again = isPaid(session);
    if (!again && !isUndecided(session)) return undefined;
    if (amountMinor !== undefined) changeAmount(session, amountMinor);
    return again ? retell(session, wire) : pay(session, wire);
  },
  decline: declineBy('declined'),
  'insufficient-funds': declineBy('insufficient-funds'),
  '3ds-failed': declineBy('3ds-failed'),
  delayed: whileOpen(payLater),
  cancel: nothing,
  leave: nothing,
  expire: whileOpen(expire),
  refund: ({ intent }, amountMinor, { refunds }) => {
    if (intent?.status !== 'succeeded') return undefined;
    const left = intent.amountReceived - intent.amountRefunded;
    const amount = amountMinor ?? left;
    if (left === 0 || amount > left) return undefined;
    return refunds.make(intent, amount, { reason: undefined, metadata: {} }).facts;
  },
  'refund-waits': withIntent((intent, { refunds }) => {
    refunds.holdBack(intent);
    return [];
  }),
  'refund-succeeds': withIntent((intent, { refunds }) => refunds.settleLast(intent)),
  'refund-fails': withIntent((intent, { refunds }) => refunds.failLast(intent)),
  dispute: ({ intent }, amountMinor, { wire }) =>
    intent === undefined ? undefined : openDispute(intent, amountMinor, wire),
  'dispute-won': withIntent((intent, { wire }) => closeDispute(intent, 'won', wire)),
  'dispute-lost': withIntent((intent, { wire }) => closeDispute(intent, 'lost', wire)),
};

function declineBy(reason: keyof typeof declines): Outcome {
  return (session, _amountMinor, { wire }) =>
    isUndecided(session) ? decline(session, declines[reason], wire) : undefined;
}

function whileOpen(move: (session: Session, wire: Wire) => Fact[]): Outcome {
  return (session, _amountMinor, { wire }) =>
    session.status === 'open' ? move(session, wire) : undefined;
}

function withIntent(move: (intent: Intent, around: Around) => Fact[] | undefined): Outcome {
  return ({ intent }, _amountMinor, around) =>
    intent === undefined ? undefined : move(intent, around);
}
