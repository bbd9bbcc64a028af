import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import Mocha from 'mocha';

/** What the last line of `npm test` counts. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const patienceMs = 10_000;
/** Files that took this long are named, for whoever wants the whole to be faster. */
const slowMs = 10_000;

/** Runs only when the process is still busy long after its last test: a suite left something open. */
const nameWhatIsOpen = () => {
  console.error(`tests are over, but still open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
};

/** Mocha's reporter for `npm test`: dots, the failures, the slow files, then the counts in a file for the script. */
export default class TestReport extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const skipped: string[] = [];
    let failed = 0;
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    // A hook that fails is no test, yet it is a failure.
    runner.on('fail', () => (failed += 1));
    const slowFiles = clock(runner);
    runner.once('end', () => {
      for (const title of skipped) console.log(`  skipped: ${title}`);
      if (slowFiles.size > 0) console.log(`  slow: ${[...slowFiles.values()].join(', ')}`);
      const counts: TestCounts = {
        passed: runner.stats?.passes ?? 0,
        failed,
        skipped: skipped.length,
      };
      const file = process.env['KABINET_TEST_COUNTS'];
      if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
      setTimeout(nameWhatIsOpen, patienceMs).unref();
    });
  }
}

/** The slow files by their name, with their seconds: hooks count as much as tests. */
function clock(runner: Mocha.Runner): ReadonlyMap<string, string> {
  const slow = new Map<string, string>();
  const startedAt = new Map<Mocha.Suite, number>();
  runner.on('suite', (suite) => startedAt.set(suite, performance.now()));
  runner.on('suite end', (suite) => {
    const ms = performance.now() - (startedAt.get(suite) ?? 0);
    if (suite.file === undefined || suite.parent?.root !== true || ms < slowMs) return;
    const name = relative('test', suite.file).replace(/\.test\.ts$/, '');
    slow.set(name, `${name} ${(ms / 1000).toFixed(0)} s`);
  });
  return slow;
}
