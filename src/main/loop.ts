import type { Running } from './running.ts';

/** Work that is done again and again: at once while there is more, else after a pause or when woken. */
export interface Loop extends Running {
  /** Ends the pause, or makes a running round be followed by another. */
  wake(): void;
}

/** Runs `work` until stopped. It answers whether there is more to do right away; when it throws, the pause follows. */
export function loop(
  work: () => Promise<boolean>,
  everyMs: number,
  report: (error: unknown) => void,
): Loop {
  let isStopped = false;
  let isWanted = false;
  let endPause: (() => void) | undefined;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!isStopped) {
      isWanted = false;
      const hasMore = await work().catch((error: unknown) => {
        report(error);
        return false;
      });
      if (!hasMore && !isWanted && !isStopped) await pause();
    }
  };
  const ended = run();
  const wake = (): void => {
    isWanted = true;
    endPause?.();
  };
  return {
    wake,
    stop: async () => {
      isStopped = true;
      wake();
      await ended;
    },
  };
}
