import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether the process has ended, by itself or by a signal. */
export const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

/** Sends the signal and waits until the process has ended; after the limit it is killed. */
export const endProcess = async (
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGTERM',
  limitMs = 20_000,
): Promise<void> => {
  if (hasEnded(child)) return;
  child.kill(signal);
  const giveUpAt = Date.now() + limitMs;
  while (!hasEnded(child) && Date.now() < giveUpAt) await sleep(20);
  if (hasEnded(child)) return;
  child.kill('SIGKILL');
  while (!hasEnded(child)) await sleep(20);
};

/** Asks every 50 ms until the answer is yes; throws a sentence with the name after the limit. */
export const waitFor = async (
  name: string,
  question: () => boolean | Promise<boolean>,
  limitMs = 30_000,
): Promise<void> => {
  const giveUpAt = Date.now() + limitMs;
  while (!(await question())) {
    if (Date.now() > giveUpAt) throw new Error(`${name} took more than ${String(limitMs)} ms`);
    await sleep(50);
  }
};
