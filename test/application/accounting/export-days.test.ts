import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { exportFolder } from '../../../src/adapters/books/export-folder.ts';
import { exportDays, type PlannedExport } from '../../../src/application/accounting/export-days.ts';
import type { ExportShelf } from '../../../src/application/ports/export-shelf.ts';
import { day, instant, type CalendarDay, type Instant } from '../../../src/domain/time.ts';

const zone = 'Europe/Moscow';
const at = (text: string): Instant => instant(Date.parse(text));

describe('ExportDays', () => {
  let folder: string;
  let shelf: ExportShelf;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'kabinet-exports-')), 'books');
    shelf = exportFolder(folder, { journal: 'journal', bank: 'xml' });
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));
  const files = () => (existsSync(folder) ? readdirSync(folder).toSorted() : []);
  const plain = (name: string): PlannedExport => ({
    name,
    fill: async (of, write) => {
      await write(`${name} of ${of}`);
      return true;
    },
  });
  const run = (plan: readonly PlannedExport[], now: Instant) =>
    exportDays(plan, shelf, zone, { now: () => now })();

  it('writes yesterday once, an hour after it ended in the company’s zone', async () => {
    const plan = [plain('journal')];

    assert.equal((await run(plan, at('2026-11-28T21:59:59Z')))[0]?.day, '2026-11-27');
    assert.deepEqual(await run(plan, at('2026-11-28T21:59:59Z')), []);
    const next = await run(plan, at('2026-11-28T22:00:00Z'));

    assert.deepEqual(next, [{ name: 'journal', day: '2026-11-28' }]);
    assert.deepEqual(files(), ['journal-2026-11-27.journal', 'journal-2026-11-28.journal']);
    const text = readFileSync(join(folder, 'journal-2026-11-28.journal'), 'utf8');
    assert.equal(text, 'journal of 2026-11-28');
    assert.equal(statSync(join(folder, 'journal-2026-11-28.journal')).mode & 0o007, 0);
  });

  it('makes up for every missed day, whenever it runs and however often it fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ skip: fc.integer({ min: 0, max: 40 }), fails: fc.boolean() }), {
          minLength: 1,
          maxLength: 6,
        }),
        async (rounds) => {
          rmSync(folder, { recursive: true, force: true });
          let now = at('2026-01-10T12:00:00Z');
          const written: CalendarDay[] = [];
          const isBroken = { now: false };
          const plan: PlannedExport[] = [
            {
              name: 'journal',
              fill: async (of, write) => {
                await write('half of it');
                if (isBroken.now) throw new Error('no room on the disk');
                written.push(of);
                return true;
              },
            },
          ];
          await run(plan, now);
          for (const { skip, fails } of rounds) {
            now = instant(now + skip * day);
            isBroken.now = fails;
            await run(plan, now).catch(() => undefined);
            isBroken.now = false;
          }
          // More days than one round writes come with the next ones.
          while ((await run(plan, now)).length > 0);

          const first = Date.parse('2026-01-09');
          const days = Math.round((Date.parse(written.at(-1)!) - first) / day) + 1;
          assert.equal(written.at(-1), new Date(now - day).toISOString().slice(0, 10));
          assert.equal(written.length, days);
          assert.deepEqual(written, written.toSorted());
          assert.equal(files().length, days, 'no half of a file is left');
        },
      ),
      { numRuns: 30 },
    );
  });

  it('writes the others where one fails, and says what failed', async () => {
    const broken: PlannedExport = {
      name: 'bank',
      fill: () => Promise.reject(new Error('no bank')),
    };

    const round = run([broken, plain('journal')], at('2026-11-28T12:00:00Z'));

    await assert.rejects(round, (error: AggregateError) => /no bank/.test(String(error.errors[0])));
    assert.deepEqual(files(), ['journal-2026-11-27.journal']);
  });

  it('puts nothing there while there is nothing to tell, and asks again', async () => {
    let asked = 0;
    const empty: PlannedExport = {
      name: 'bank',
      fill: async () => {
        asked += 1;
        return false;
      },
    };

    await run([empty], at('2026-11-28T12:00:00Z'));
    await run([empty], at('2026-11-28T12:10:00Z'));

    assert.equal(asked, 2);
    assert.deepEqual(files(), []);
  });

  it('reads the days of its own names only', async () => {
    await run([plain('journal')], at('2026-11-28T12:00:00Z'));
    for (const other of [
      'journal-extra-2026-12-01.journal',
      'journal-2026-12-02.csv',
      'journal-x.journal',
    ]) {
      writeFileSync(join(folder, other), '');
    }

    assert.equal(await shelf.newest('journal'), '2026-11-27');
    assert.equal(await shelf.newest('bank'), undefined);
  });
});
