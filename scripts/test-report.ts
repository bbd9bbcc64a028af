import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What the last line of `npm test` counts. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const patienceMs = 10_000;

/** Runs only when the process is still busy long after its last test: a suite left something open. */
const nameWhatIsOpen = () => {
  console.error(`tests are over, but still open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
};

/** Mocha's reporter for `npm test`: dots, then the failures, then the counts in a file for the script. */
export default class TestReport extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const skipped: string[] = [];
    let failed = 0;
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    // A hook that fails is no test, yet it is a failure.
    runner.on('fail', () => (failed += 1));
    runner.once('end', () => {
      for (const title of skipped) console.log(`  skipped: ${title}`);
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
