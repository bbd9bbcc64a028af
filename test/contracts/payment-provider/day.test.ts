import assert from 'node:assert/strict';
import { reconcileDay } from '../../../src/application/reconciliation/reconcile-day.ts';
import { listDay } from '../../../src/application/reconciliation/list-day.ts';
import { cryptoRandomness } from '../../../src/adapters/system/crypto-randomness.ts';
import type { RegistryLine } from '../../../src/domain/reconciliation.ts';
import { dayIn, type CalendarDay } from '../../../src/domain/time.ts';
import { postgresStores } from '../../support/portal-stores.ts';
import { booksHold } from './books-hold.ts';
import { dice } from '../../support/dice.ts';
import { playDay, statesOf, sumsAgree } from './day.ts';
import { everySystem } from './every-system.ts';
import type { Stage } from './stage.ts';

/** Over all systems; `npm run soak` plays twenty thousand. */
const payments = Number(process.env['DAY_PAYMENTS'] ?? 240);
const seed = Number(process.env['DAY_SEED'] ?? Date.now() % 2 ** 31);
const zone = 'Europe/Moscow';

describe('A day of payments with trouble of every class', function () {
  this.timeout(Math.max(120_000, payments * 400));
  let open: Awaited<ReturnType<typeof postgresStores>>;
  before(async () => {
    open = await postgresStores();
    console.log(`a day of ${String(payments)} payments: seed ${String(seed)}`);
  });
  after(() => open.close());

  for (const [n, system] of everySystem.entries()) {
    it(`leaves none of ${system.code}’s unsettled, its books in step and its breaks found`, async () => {
      const count = Math.ceil(payments / everySystem.length);
      const startedAt = performance.now();
      const { stage, ids } = await playDay(system, open.stores, count, seed + n);
      try {
        for (const id of ids) {
          const { state } = await stage.payment(id);
          assert.ok(
            ['succeeded', 'failed', 'canceled', 'expired'].includes(state),
            `${id} ${state}`,
          );
        }
        await booksHold(open.pool, system.code);
        await sumsAgree(open.pool);
        const found = await injectedBreaksAreFound(stage, dice(seed + n));
        const seconds = Math.round((performance.now() - startedAt) / 1_000);
        const states = JSON.stringify(await statesOf(open.pool));
        console.log(`      ${system.code}: ${seconds} s; all so far ${states}; ${found}`);
      } finally {
        await stage.close();
      }
    });
  }
});

/** Reconciles each day that was played: as it is, there is no break; with lines bent on purpose, those and no other. */
async function injectedBreaksAreFound(stage: Stage, roll: () => number): Promise<string> {
  const days = new Set<CalendarDay>();
  const { stores, clock, plain, core } = stage;
  if (plain.list === undefined) return 'it has no list to reconcile by';
  for (const payment of await stores.desk.list(['succeeded'], 100_000)) {
    if (payment.provider === plain.code) days.add(dayIn(zone, payment.createdAt));
  }
  const reconcile = reconcileDay(
    { payments: stores.payments, desk: stores.desk, refunds: stores.refunds, runs: stores.runs },
    core.takeProof,
    cryptoRandomness(),
    clock,
  );
  const counted = { lines: 0, bent: 0 };
  for (const day of days) {
    const listed = await listDay(plain, day, zone);
    assert.ok(listed.tag === 'done', listed.tag);
    const request = { provider: plain, day, zone, source: 'list', hash: undefined } as const;
    const clean = await reconcile({ ...request, lines: listed.lines });
    assert.deepEqual(clean.breaks, [], `${day}: a break where nothing was bent`);
    const bent = listed.lines.map((line) => bend(line, roll));
    const lines = bent.flatMap(({ line }) => line ?? []);
    const expected = bent.flatMap(({ code }) => code ?? []);
    const run = await reconcile({ ...request, lines });
    assert.deepEqual(run.breaks.map(({ code }) => code).sort(), expected.sort());
    counted.lines += listed.lines.length;
    counted.bent += expected.length;
  }
  return `${String(counted.lines)} lines, ${String(counted.bent)} breaks injected and found`;
}

/** One line in ten says something that is not so. */
function bend(
  line: RegistryLine,
  roll: () => number,
): { readonly line?: RegistryLine; readonly code?: string } {
  const chance = roll();
  if (chance < 0.03) return { code: 'MISSING_THERE' };
  if (chance < 0.06) {
    const gross = { ...line.gross, minor: line.gross.minor + 1n };
    return { line: { ...line, gross, net: undefined }, code: 'AMOUNT_DIFF' };
  }
  if (chance < 0.1) {
    const gross = { ...line.gross, currency: 'USD' as const };
    return {
      line: { ...line, gross, net: undefined, refunded: undefined },
      code: 'WRONG_CURRENCY',
    };
  }
  return { line };
}
