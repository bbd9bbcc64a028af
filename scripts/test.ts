// The whole of `npm test`: sets up what the tests need, checks, builds, tests, and tidies up after itself.
// `--fast` is `npm run check`: no servers, no browser, only the core's tests.
// Further arguments are test files: then those run alone, without the checks.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  discardEmbeddedPostgres,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../src/adapters/postgres/embedded-server.ts';
import { ensureBookkeeping } from '../test/support/bookkeeping-programs.ts';
import { ensureChromium } from '../test/support/chromium.ts';
import { ensureNginx } from '../test/support/nginx.ts';
import { ensureRabbitmq } from '../test/support/rabbitmq.ts';
import { ensureRsyslogd } from '../test/support/rsyslogd.ts';
import { ensureTryton, startTryton } from '../test/support/tryton.ts';
import { command, endRunning, run, runSteps, type Step, type StepOutcome } from './steps.ts';
import type { TestCounts } from './test-report.ts';

const { values, positionals } = parseArgs({
  options: { fast: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const isCi = process.env['CI'] === 'true';
const home = join(import.meta.dirname, '..');
process.chdir(home);
const workFolder = join(home, '.kabinet-test');
const viteConfig = 'src/adapters/browser/vite.config.ts';
const coreTests = ['test/domain/**/*.test.ts', 'test/application/**/*.test.ts'];

let server: EmbeddedPostgres | undefined;

const startPostgres: Step = {
  name: 'PostgreSQL for the tests',
  work: async () => {
    const directory = join(workFolder, 'postgres');
    await discardEmbeddedPostgres(directory);
    server = await startEmbeddedPostgres({ directory, durable: false });
    process.env['KABINET_TEST_POSTGRES'] = server.url;
    return undefined;
  },
};

const ensurePackages: Step = {
  name: 'RabbitMQ, Chromium, nginx, rsyslogd, hledger, ledger and Tryton',
  work: async () => {
    const answers = await Promise.all([
      ensureRabbitmq(),
      ensureChromium(),
      ensureNginx(),
      ensureRsyslogd(),
      ensureBookkeeping(),
      ensureTryton(),
    ]);
    const missing = answers.filter((answer) => answer !== true);
    if (isCi && missing.length > 0) throw new Error(missing.join('\n'));
    return missing.join('; ');
  },
};

/** Once in a folder. Where there is no Tryton, the step before this one has said so. */
const makeTrytonTables: Step = {
  name: 'tables of Tryton',
  work: async () => {
    if ((await ensureTryton()) !== true) return 'not there';
    const tryton = await startTryton({ directory: join(workFolder, 'tryton') });
    await tryton.stop();
    return undefined;
  },
};

const buildBrowser: Step = {
  name: 'build of the browser application',
  work: () => run('vite', ['build', '--config', viteConfig, '--logLevel', 'warn'], 'quiet'),
};

const depcruise = ['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', 'src'];
const fastChecks = [
  command('types', 'tsc', '--project', '.'),
  command('types of the core, without Node', 'tsc', '--project', 'src/application'),
  command('lint', 'eslint', '--max-warnings', '0', '.'),
  command('import rules', 'depcruise', ...depcruise),
];
const checks = [
  ...fastChecks,
  command('format', 'prettier', '--check', '--log-level', 'warn', '.'),
];

/** Runs test files in one process and counts them; `name` tells its counts from those of the others. */
const mocha = async (
  name: string,
  specs: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<TestCounts> => {
  const countsFile = join(workFolder, `counts-${name}.json`);
  rmSync(countsFile, { force: true });
  const args = ['--no-config', '--timeout', '20000', '--reporter', './scripts/test-report.ts'];
  const all = { ...process.env, ...env, KABINET_TEST_COUNTS: countsFile };
  const went = await run('mocha', [...args, ...specs], 'loud', all).then(
    () => true,
    () => false,
  );
  if (!existsSync(countsFile)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = JSON.parse(readFileSync(countsFile, 'utf8')) as TestCounts;
  return counts.failed === 0 && !went ? { ...counts, failed: 1 } : counts;
};

/**
 * Three rows of tests side by side, of about the same length: programs, browsers and Tryton mostly wait, the other tests
 * mostly compute. Coverage is that of the tests that call the core themselves: what only a whole program reaches is not
 * covered. The programs are compiled once for all their starts instead.
 */
const allTests = async (): Promise<TestCounts> => {
  rmSync(coverageFolder, { recursive: true, force: true });
  const covered = { NODE_V8_COVERAGE: coverageFolder };
  const compiled = { NODE_COMPILE_CACHE: join(workFolder, 'compiled') };
  const programs = ['test/system/!(journeys|tryton)/**/*.test.ts', 'test/system/*.test.ts'];
  const journeys = ['test/system/{journeys,tryton}/**/*.test.ts'];
  const contracts = ['test/contracts/**/*.test.ts'];
  const journeysThenContracts = async (): Promise<TestCounts> =>
    added([
      await mocha('journeys', journeys, compiled),
      await mocha('contracts', contracts, covered),
    ]);
  const counts = await Promise.all([
    mocha('core', ['test/!(system|contracts)/**/*.test.ts', 'test/*.test.ts'], covered),
    mocha('programs', programs, compiled),
    journeysThenContracts(),
  ]);
  const tooLittle = await run('c8', ['report', ...coverage], 'loud').then(
    () => 0,
    () => 1,
  );
  return added([...counts, { passed: 0, failed: tooLittle, skipped: 0 }]);
};

const added = (counts: readonly TestCounts[]): TestCounts => {
  const sum = (key: keyof TestCounts): number => counts.reduce((total, one) => total + one[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
};

const coverageFolder = join(home, 'coverage/tmp');
const coverage = [
  ...['--include', 'src/domain/**', '--include', 'src/application/**'],
  ...['--reporter', 'text-summary', '--reporter', 'lcov', '--temp-directory', coverageFolder],
  ...['--check-coverage', '--lines', '97', '--branches', '97'],
];

const everything = async (): Promise<readonly [readonly StepOutcome[], TestCounts]> => {
  if (values.fast) return [await runSteps(fastChecks, 2), await mocha('core', coreTests)];
  if (positionals.length > 0) {
    return [await runSteps([startPostgres], 1), await mocha('given', positionals)];
  }
  const steps = [startPostgres, ensurePackages, makeTrytonTables, ...checks];
  if (existsSync(viteConfig)) steps.push(buildBrowser);
  return [await runSteps(steps, 2), await allTests()];
};

const tidyUp = async () => {
  endRunning();
  await server?.stop();
  if (server !== undefined) await discardEmbeddedPostgres(join(workFolder, 'postgres'));
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void tidyUp().finally(() => process.exit(130));
  });
}

mkdirSync(workFolder, { recursive: true });
const [steps, counts] = await everything();
await tidyUp();

const failed = counts.failed + steps.filter((step) => !step.passed).length;
console.log(
  `${String(counts.passed)} passed, ${String(failed)} failed, ${String(counts.skipped)} skipped`,
);
process.exitCode = failed > 0 || (isCi && counts.skipped > 0) ? 1 : 0;
