import { TooBusy } from '../../application/ports/outage.ts';

/**
 * Runs at most `atOnce` works at a time; at most `mostWaiting` more wait, in the order they came.
 * Answers a function that throws TooBusy for any beyond them.
 */
export function waitingLine(
  atOnce: number,
  mostWaiting: number,
  retryAfterMs: number,
): <Value>(work: () => Promise<Value>) => Promise<Value> {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (work) => {
    if (running < atOnce) running += 1;
    else if (waiting.length >= mostWaiting) throw new TooBusy('the line is full', retryAfterMs);
    // Whoever ends hands the place over, so `running` stays as it is.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
