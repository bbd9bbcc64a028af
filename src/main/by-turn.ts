import type { PostingTurn } from '../application/ports/posting-turn.ts';
import { second } from '../domain/time.ts';
import { loop } from './loop.ts';
import type { Running } from './running.ts';

/** How long a program that waits for its turn may not notice that it has come. */
const everyMs = second;
/** How long nobody may be able to tell whose turn it is, before what is under way is given back for others. */
const patienceMs = 30 * second;

/**
 * Serves while it is this process's turn, and only then: who cannot post must not take what another could. While nobody
 * can tell, it keeps for a while what it has, for that is mostly a database that comes back.
 */
export function byTurn(
  turn: PostingTurn,
  serve: () => Promise<() => Promise<void>>,
  report: (error: unknown) => void,
): Running {
  let stop: (() => Promise<void>) | undefined;
  let silentSince: number | undefined;
  const rest = async (): Promise<void> => {
    const stopping = stop;
    stop = undefined;
    await stopping?.();
  };
  const isOurs = async (): Promise<boolean | undefined> => {
    try {
      const answer = await turn.isOurs();
      silentSince = undefined;
      return answer;
    } catch (error) {
      if (silentSince === undefined) report(error);
      silentSince ??= performance.now();
      return performance.now() - silentSince < patienceMs ? undefined : false;
    }
  };
  const look = async (): Promise<boolean> => {
    const answer = await isOurs();
    if (answer === false) await rest();
    if (answer === true) stop ??= await serve();
    return false;
  };
  const looking = loop(look, everyMs, report);
  return {
    stop: async () => {
      await looking.stop();
      await rest();
    },
  };
}
