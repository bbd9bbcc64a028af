import assert from 'node:assert/strict';
import { postgresStores } from '../../support/portal-stores.ts';
import { drawTable, type Mark } from './case-table.ts';
import { everyCase } from './every-case.ts';
import { everySystem } from './every-system.ts';
import { booksHold } from './books-hold.ts';
import { openStage, type Stage } from './stage.ts';

const only = process.env['KIT_PROVIDER'];
const systems = everySystem.filter(({ code }) => only === undefined || code === only);

describe('Every payment system', function () {
  this.timeout(60_000);
  const marks = new Map<string, Map<number, Mark>>();
  let open: Awaited<ReturnType<typeof postgresStores>>;
  before(async () => {
    open = await postgresStores();
  });
  after(async () => {
    await open.close();
    console.log(drawTable(everyCase, marks));
  });

  it('is held to sixty-four cases, each once', () => {
    const numbers = everyCase.map(({ no }) => no);
    assert.deepEqual(
      numbers,
      Array.from({ length: 64 }, (_, n) => n + 1),
    );
  });

  for (const system of systems) {
    describe(system.code, () => {
      const column = new Map<number, Mark>();
      marks.set(system.code, column);
      let stage: Stage;
      before(async () => {
        stage = await openStage(system, open.stores);
      });
      after(() => stage.close());

      const plain = system.provider('http://127.0.0.1:1');
      for (const one of everyCase) {
        if (one.needs?.(system, plain) === false) {
          column.set(one.no, 'skipped');
          continue;
        }
        it(`${String(one.no)}. ${one.title}`, async () => {
          column.set(one.no, 'failed');
          await stage.levers.mend();
          await one.play(stage);
          await booksHold(open.pool, system.code);
          column.set(one.no, 'passed');
        });
      }
    });
  }
});
