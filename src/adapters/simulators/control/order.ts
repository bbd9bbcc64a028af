import { z } from 'zod';

/** What may be asked of one payment of a simulated payment system. */
export interface Order {
  /** `pay`, `decline`, `leave`, …: a word of the payment system's own list. */
  readonly outcome: string;
  /** When its notifications go out. */
  readonly delayMs: number;
  /** Copies of each notification; 0 loses it. */
  readonly times: number;
  readonly reversed: boolean;
  /** A bad notification in place of the true one; then nothing is paid at all. A word of the system's list. */
  readonly forge: string | undefined;
  /** Another sum than the shop asked for, in smallest units, truly paid or refunded. */
  readonly amountMinor: number | undefined;
}

/** The JSON form of an order, held to the words this payment system knows. */
export const orderShape = (outcomes: readonly string[], forgeries: readonly string[]) =>
  z.strictObject({
    outcome: z.enum(outcomes as [string, ...string[]]),
    delayMs: z.number().int().min(0).max(86_400_000).default(0),
    times: z.number().int().min(0).max(100).default(1),
    reversed: z.boolean().default(false),
    forge: z
      .enum(forgeries as [string, ...string[]])
      .optional()
      .transform((forge) => forge),
    amountMinor: z
      .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
      .pipe(z.number().int().min(1).max(999_999_999_999))
      .optional(),
  });
