import type { Outcome } from '../../application/ports/payment-provider.ts';

/** How long a call may take that has no deadline of its own. */
export const callDeadlineMs = 10_000;
/** Shortest wait that may still bring an answer. */
const leastWaitMs = 200;

/** Whether another call before `until`, a moment of `performance.now()`, may still bring an answer. */
export const isTimeLeft = (until: number): boolean => until - performance.now() > leastWaitMs;

/** A share of the time that is left, in whole milliseconds: timers take no others. */
export const waitUntil = (until: number, share = 1): number =>
  Math.max(Math.floor((until - performance.now()) * share), leastWaitMs);

/** Ends the work at its deadline, whatever it waits for: timeouts of packages begin anew with every byte that trickles in. */
export async function inTime<Value>(
  deadlineMs: number,
  work: (until: number) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Outcome<Value>>((resolve) => {
    const outcome = { tag: 'unknown', why: 'the answer did not come in time' } as const;
    timer = setTimeout(() => resolve(outcome), deadlineMs);
  });
  return Promise.race([work(performance.now() + deadlineMs), tooLate]).finally(() =>
    clearTimeout(timer),
  );
}
