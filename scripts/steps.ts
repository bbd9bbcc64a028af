import { type ChildProcess, spawn } from 'node:child_process';

/** How one step of a run ended. */
export interface StepOutcome {
  readonly name: string;
  readonly passed: boolean;
}

/** One step: a name for the reader and the work, which throws with the text to show when it fails. */
export interface Step {
  readonly name: string;
  readonly work: () => Promise<string | undefined>;
}

const running = new Set<ChildProcess>();

/** Runs the steps, `width` of them at a time, and prints one line for each as it ends. */
export const runSteps = async (steps: readonly Step[], width: number): Promise<StepOutcome[]> => {
  const waiting = [...steps];
  const outcomes: StepOutcome[] = [];
  const runner = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      outcomes.push(await runStep(step));
    }
  };
  await Promise.all(Array.from({ length: width }, runner));
  return outcomes;
};

const runStep = async ({ name, work }: Step): Promise<StepOutcome> => {
  const startedAt = performance.now();
  const line = (mark: string, note = '') => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${mark} ${name.padEnd(34)} ${seconds.padStart(6)} s${note && `   ${note}`}`);
  };
  try {
    const note = await work();
    line('✓', note);
    return { name, passed: true };
  } catch (error) {
    line('✗');
    console.log(error instanceof Error ? error.message.trimEnd() : error);
    return { name, passed: false };
  }
};

/** A step that runs one of the project's programs and shows what it printed when it fails. */
export const command = (name: string, program: string, ...args: readonly string[]): Step => ({
  name,
  work: () => run(program, args, 'quiet'),
});

/** Runs a program to its end; `quiet` keeps its output for the error, `loud` shows it at once. */
export const run = (
  program: string,
  args: readonly string[],
  output: 'quiet' | 'loud',
  env: NodeJS.ProcessEnv = process.env,
): Promise<undefined> =>
  new Promise((resolve, reject) => {
    const stream = output === 'quiet' ? 'pipe' : 'inherit';
    const child = spawn(program, args, { env, stdio: ['ignore', stream, stream] });
    running.add(child);
    let printed = '';
    const keep = (chunk: Buffer) => (printed += chunk.toString());
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve(undefined);
      else reject(new Error(printed || `${program} ended with ${String(signal ?? code)}`));
    });
  });

/** Ends the programs that still run, when the whole run is broken off. */
export const endRunning = (): void => {
  for (const child of running) child.kill('SIGTERM');
};
