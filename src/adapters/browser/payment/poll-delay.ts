const waitingDelaysMs = [2_000, 4_000, 8_000, 15_000] as const;
const redirectDelaysMs = [500, 500, 1_000, 1_000, 2_000, 4_000, 8_000, 15_000] as const;
const slowDelayMs = 15_000;

/** Pause before asking about a payment again, in milliseconds: 2, 4, 8, then 15 s. */
export function pollDelayMs(attempt: number): number {
  return waitingDelaysMs[attempt] ?? slowDelayMs;
}

/** The same while the payer waits to be sent to the provider: quicker at first. */
export function redirectPollDelayMs(attempt: number): number {
  return redirectDelaysMs[attempt] ?? slowDelayMs;
}
