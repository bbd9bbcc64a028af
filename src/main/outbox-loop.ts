import { setTimeout as sleep } from 'node:timers/promises';
import type { PublishOutbox } from '../application/publish-outbox.ts';
import type { Wakeups } from '../application/ports/wakeups.ts';
import { loop } from './loop.ts';
import type { Running } from './running.ts';

/** A woken loop does not wait; this is for messages whose time comes later, and for a wake-up that was lost. */
const everyMs = 1_000;
/** What is saved within this time after a message left, leaves together: a batch costs little more than one. */
const gatherMs = 10;

/** Publishes what waits in the outbox until stopped; the first message after a quiet time leaves at once. */
export function outboxLoop(
  publish: PublishOutbox,
  wakeups: Wakeups,
  report: (error: unknown) => void,
): Running {
  const publishing = async (): Promise<boolean> => {
    if ((await publish()) === 0) return false;
    await sleep(gatherMs);
    return true;
  };
  const outbox = loop(publishing, everyMs, report);
  const stopListening = wakeups.on('outbox', () => {
    outbox.wake();
  });
  return {
    stop: async () => {
      stopListening();
      await outbox.stop();
    },
  };
}
