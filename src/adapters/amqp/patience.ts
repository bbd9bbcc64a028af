import { setTimeout as pause } from 'node:timers/promises';
import type { TakeVerdict, WireMessage } from '../../application/ports/broker.ts';
import { Outage, TooBusy } from '../../application/ports/outage.ts';

export type Take = (message: WireMessage) => Promise<TakeVerdict>;
export type Report = (error: unknown) => void;

/** Waits between tries, in milliseconds: the first, doubled each time, and the longest. */
export interface Patience {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Tries of what fails for no outage, before the message goes back to its queue. */
  readonly tries: number;
}
export const usualPatience: Patience = { firstMs: 250, longestMs: 15_000, tries: 4 };

const sliceMs = 200;

/**
 * Holds a durable message as long as something it needs is down or full: that is nobody's fault, must not count as
 * one of its deliveries, and slows whoever sends more. A bug counts: after a few tries the message goes back, and in
 * the end to the dead letters.
 */
export const patiently = (
  take: Take,
  isStopped: () => boolean,
  report: Report,
  { firstMs, longestMs, tries }: Patience = usualPatience,
): Take => {
  const wait = async (error: unknown, tried: number): Promise<void> => {
    const usualMs = Math.min(longestMs, firstMs * 2 ** Math.min(tried, 16));
    const waitMs = error instanceof TooBusy ? Math.min(longestMs, error.retryAfterMs) : usualMs;
    // In slices, so that a program that is told to stop does not sit out a long wait.
    for (let leftMs = waitMs; leftMs > 0 && !isStopped(); leftMs -= sliceMs) {
      await pause(Math.min(leftMs, sliceMs));
    }
  };
  const attempt = async (message: WireMessage, tried: number): Promise<TakeVerdict | Trouble> => {
    try {
      return await take(message);
    } catch (error) {
      if (tried === 0 && !(error instanceof TooBusy)) report(error);
      return { error };
    }
  };
  return async (message) => {
    for (let tried = 0; ; tried += 1) {
      const outcome = await attempt(message, tried);
      if (typeof outcome === 'string') return outcome;
      const isNobodysFault = outcome.error instanceof Outage || outcome.error instanceof TooBusy;
      if (isStopped() || (!isNobodysFault && tried + 1 >= tries)) return 'again';
      await wait(outcome.error, tried);
    }
  };
};

interface Trouble {
  readonly error: unknown;
}

/** For messages that are delivered once at most: trouble is told of, and the message is gone. */
export const onlyOnce =
  (take: Take, report: Report): Take =>
  async (message) => {
    try {
      return await take(message);
    } catch (error) {
      report(error);
      return 'dead';
    }
  };
