/** Every state a payment can be in. `unknown` outcomes are states too: `initiating`, `capturing`, `canceling`. */
export const paymentStates = [
  'created',
  'initiating',
  'pending',
  'authorized',
  'capturing',
  'canceling',
  'succeeded',
  'failed',
  'canceled',
  'expired',
  'review',
] as const;
export type PaymentState = (typeof paymentStates)[number];

/** One legal move and what causes it. */
export interface Move<State> {
  readonly from: State;
  readonly to: State;
  readonly because: string;
}
export type PaymentMove = Move<PaymentState>;

const move = (from: PaymentState, to: PaymentState, because: string): PaymentMove => ({
  from,
  to,
  because,
});

/** The one table of legal moves. What is not here does not happen; ARCHITECTURE.md draws it. */
export const paymentMoves: readonly PaymentMove[] = [
  move('created', 'initiating', 'the call to the provider starts'),
  move('created', 'canceled', 'taken back before anything left the house'),
  move('initiating', 'created', 'surely not attempted: the same key next time'),
  move('initiating', 'pending', 'the provider has it'),
  move('initiating', 'authorized', 'proof: held'),
  move('initiating', 'failed', 'declined or invalid'),
  move('initiating', 'succeeded', 'proof of payment overtook the answer'),
  move('initiating', 'canceled', 'proof: cancelled'),
  move('initiating', 'expired', 'absent at the provider and out of time'),
  move('initiating', 'review', 'a proof that does not fit'),
  move('pending', 'authorized', 'proof: held'),
  move('pending', 'succeeded', 'proof: paid, amount and currency fit'),
  move('pending', 'canceling', 'the call to cancel starts'),
  move('pending', 'failed', 'proof: declined for good'),
  move('pending', 'canceled', 'proof: cancelled'),
  move('pending', 'expired', 'time ran out, the provider was asked'),
  move('pending', 'review', 'a proof that does not fit'),
  move('authorized', 'capturing', 'the call to take the held money starts'),
  move('authorized', 'canceling', 'the call to release the held money starts'),
  move('authorized', 'succeeded', 'proof: captured'),
  move('authorized', 'canceled', 'proof: released'),
  move('authorized', 'expired', 'proof: the hold ran out'),
  move('authorized', 'review', 'a proof that does not fit'),
  move('capturing', 'authorized', 'surely not captured'),
  move('capturing', 'succeeded', 'proof: captured'),
  move('capturing', 'canceled', 'proof: the hold was released'),
  move('capturing', 'expired', 'proof: the hold ran out'),
  move('capturing', 'review', 'a proof that does not fit'),
  move('canceling', 'pending', 'surely not cancelled, the payer may still act'),
  move('canceling', 'authorized', 'surely not released'),
  move('canceling', 'canceled', 'proof: cancelled, or expired'),
  move('canceling', 'failed', 'proof: declined for good'),
  move('canceling', 'expired', 'the answer to our call: expired before it'),
  move('canceling', 'succeeded', 'proof: paid before it could be cancelled'),
  move('canceling', 'review', 'a proof that does not fit'),
  move('failed', 'succeeded', 'late proof of payment'),
  move('canceled', 'succeeded', 'late proof of payment'),
  move('expired', 'succeeded', 'late proof of payment'),
  move('review', 'succeeded', 'people: the money is the customer’s'),
  move('review', 'failed', 'people: no money was taken'),
  move('review', 'canceled', 'people: the money went back'),
];

export const isLegalMove = (from: PaymentState, to: PaymentState): boolean =>
  paymentMoves.some((legal) => legal.from === from && legal.to === to);

const openStates: readonly PaymentState[] = [
  'created',
  'initiating',
  'pending',
  'authorized',
  'capturing',
  'canceling',
];
/** Tells whether the payment still waits for an outcome. */
export const isOpen = (state: PaymentState): boolean => openStates.includes(state);
