/** Every state a payment can be in. `unknown` outcomes are states too: see `initiating`. */
export const paymentStates = [
  'created',
  'initiating',
  'pending',
  'succeeded',
  'failed',
  'canceled',
  'expired',
  'review',
] as const;
export type PaymentState = (typeof paymentStates)[number];

/** One legal move and what causes it. */
export interface PaymentMove {
  readonly from: PaymentState;
  readonly to: PaymentState;
  readonly because: string;
}

const move = (from: PaymentState, to: PaymentState, because: string): PaymentMove => ({
  from,
  to,
  because,
});

/** The one table of legal moves. What is not here does not happen; ARCHITECTURE.md draws it. */
export const paymentMoves: readonly PaymentMove[] = [
  move('created', 'initiating', 'the call to the provider starts'),
  move('initiating', 'created', 'surely not attempted: the same key next time'),
  move('initiating', 'pending', 'the provider has it'),
  move('initiating', 'failed', 'declined or invalid'),
  move('initiating', 'succeeded', 'proof of payment overtook the answer'),
  move('initiating', 'canceled', 'proof: cancelled'),
  move('initiating', 'expired', 'absent at the provider and out of time'),
  move('initiating', 'review', 'a proof that does not fit'),
  move('pending', 'succeeded', 'proof: paid, amount and currency fit'),
  move('pending', 'failed', 'proof: declined for good'),
  move('pending', 'canceled', 'proof: cancelled'),
  move('pending', 'expired', 'time ran out, the provider was asked'),
  move('pending', 'review', 'a proof that does not fit'),
  move('failed', 'succeeded', 'late proof of payment'),
  move('canceled', 'succeeded', 'late proof of payment'),
  move('expired', 'succeeded', 'late proof of payment'),
];

export const isLegalMove = (from: PaymentState, to: PaymentState): boolean =>
  paymentMoves.some((legal) => legal.from === from && legal.to === to);

const openStates: readonly PaymentState[] = ['created', 'initiating', 'pending'];
/** Tells whether the payment still waits for an outcome. */
export const isOpen = (state: PaymentState): boolean => openStates.includes(state);
