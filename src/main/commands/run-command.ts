import { sentence } from '../run-alone.ts';
import { Started } from '../running.ts';

/**
 * Runs a command of the command line. It may answer its exit code. What goes wrong is told in one sentence, with the
 * code of `codeFor`; what it has started is stopped in any case.
 */
export async function runCommand(
  work: (started: Started) => Promise<unknown>,
  codeFor: (error: unknown) => number = () => 1,
): Promise<void> {
  const started = new Started();
  try {
    const code = await work(started);
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    console.error(`kabinet: ${sentence(error)}`);
    process.exitCode = codeFor(error);
  } finally {
    await started.stop();
  }
}
