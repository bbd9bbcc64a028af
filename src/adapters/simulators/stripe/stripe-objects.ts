/** The state behind the API: what the simulated acquirer remembers. Amounts in the smallest unit, times in seconds. */
export interface Session {
  readonly id: string;
  /** The shop's payment id: `client_reference_id`, else `metadata[payment_id]`. */
  readonly paymentId: string;
  readonly clientReferenceId: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly intentMetadata: Readonly<Record<string, string>>;
  readonly captureMethod: 'automatic' | 'manual';
  readonly name: string;
  readonly intentDescription: string | undefined;
  readonly currency: string;
  readonly successUrl: string;
  readonly cancelUrl: string | undefined;
  readonly locale: string | undefined;
  readonly customerEmail: string | undefined;
  readonly created: number;
  readonly expiresAt: number;
  amountTotal: number;
  status: 'open' | 'complete' | 'expired';
  paymentStatus: 'unpaid' | 'paid';
  /** Absent until the payer acts. */
  intent: Intent | undefined;
}

export type IntentStatus =
  'requires_payment_method' | 'processing' | 'requires_capture' | 'succeeded' | 'canceled';

export interface PaymentError {
  readonly code: string;
  readonly declineCode?: string;
  readonly message: string;
}

export interface Intent {
  readonly id: string;
  /** The shop's payment id, as its session has it. */
  readonly paymentId: string;
  readonly currency: string;
  readonly description: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: number;
  amount: number;
  amountCapturable: number;
  amountReceived: number;
  /** What was paid back or is on its way; a refund that fails leaves it. */
  amountRefunded: number;
  status: IntentStatus;
  chargeId: string | undefined;
  /** Since when the money is held. */
  heldAt: number | undefined;
  lastError: PaymentError | undefined;
  cancellationReason: string | undefined;
  dispute: Dispute | undefined;
}

export interface Refund {
  readonly id: string;
  readonly intent: Intent;
  readonly amount: number;
  readonly reason: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: number;
  status: 'pending' | 'succeeded' | 'failed';
  failureReason: string | undefined;
}

/** The payer's bank takes the payment back, if the shop loses. */
export interface Dispute {
  readonly id: string;
  readonly amount: number;
  readonly reason: string;
  readonly created: number;
  status: 'needs_response' | 'won' | 'lost';
}
