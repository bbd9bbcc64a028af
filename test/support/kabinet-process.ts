import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { endProcess, hasEnded, waitFor } from './processes.ts';

const home = join(import.meta.dirname, '../..');

/** A program of Kabinet that runs as a process of its own. */
export interface KabinetProcess {
  readonly child: ChildProcess;
  /** All it has printed so far. */
  output(): string;
  /** Ends it in order; answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** Starts `src/main/<program>.ts` and waits until it says that it is ready; throws what it printed when it does not. */
export async function startProgram(
  program: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<KabinetProcess> {
  const running = spawnProgram(program, env, args);
  await waitFor(
    `the start of ${program}`,
    () => {
      if (hasEnded(running.child)) throw new Error(`${program} ended: ${running.output()}`);
      return /(Kabinet is|kabinet [a-z]+:) ready/.test(running.output());
    },
    60_000,
  ).catch(async (error: unknown) => {
    await running.kill();
    throw new Error(`${String(error)}\n${running.output()}`, { cause: error });
  });
  return running;
}

/** Starts a program without waiting for anything. */
export function spawnProgram(
  program: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): KabinetProcess {
  const { PATH = '', HOME = '/', NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [`src/main/${program}.ts`, ...args], {
    cwd: home,
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return {
    child,
    output: () => said,
    stop: async () => {
      await endProcess(child, 'SIGINT');
      return child.exitCode;
    },
    kill: () => endProcess(child, 'SIGKILL'),
  };
}
