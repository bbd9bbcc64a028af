import { dice } from '../../support/dice.ts';
import assert from 'node:assert/strict';
import type pg from 'pg';
import { faultNames } from '../../../src/adapters/simulators/faults.ts';
import type { World } from '../../../src/adapters/simulators/world.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import type { Redirect } from '../../../src/domain/payment.ts';
import { hour, minute } from '../../../src/domain/time.ts';
import type { PortalStores } from '../../support/portal-stores.ts';
import { openStage, type Stage } from './stage.ts';
import type { SystemUnderTest } from './system.ts';

/** How often a call or a notification goes wrong. */
const faultShare = 0.05;
/** Calls that hang cost real seconds of waiting, so they are the rarest. */
const hangShare = 0.000_5;
const quickFaults = faultNames.filter((name) => !name.startsWith('hang'));
const hangs = faultNames.filter((name) => name.startsWith('hang'));
const noticeFaults = ['lost', 'twice', 'late'] as const;

/** Trouble of every class for one call or notification in twenty, while `isOn`. */
const troubleBy = (
  roll: () => number,
  isOn: () => boolean,
): Pick<World, 'callTrouble' | 'noticeTrouble'> => ({
  callTrouble: () => {
    if (!isOn() || roll() >= faultShare) return undefined;
    const among = roll() < hangShare / faultShare ? hangs : quickFaults;
    return { fault: oneOf(among, roll), delayMs: 1_000 };
  },
  noticeTrouble: () => (isOn() && roll() < faultShare ? oneOf(noticeFaults, roll) : undefined),
});

const oneOf = <Value>(among: readonly Value[], roll: () => number): Value =>
  among[Math.floor(roll() * among.length)] as Value;

/**
 * A day of one payment system on a clock moved by hand: payers start, pay, decline and walk away, people pay back, one
 * call and one notification in twenty goes wrong; then the worker's rounds until all is settled. The stage stays open.
 */
export async function playDay(
  system: SystemUnderTest,
  stores: PortalStores,
  count: number,
  seed: number,
): Promise<{ readonly stage: Stage; readonly ids: readonly PaymentId[] }> {
  const roll = dice(seed);
  const weather = { isOn: true };
  const stage = await openStage(
    system,
    stores,
    troubleBy(roll, () => weather.isOn),
  );
  const ids: PaymentId[] = [];
  const perRound = 100;
  for (let made = 0; made < count; made += perRound) {
    const round: PaymentId[] = [];
    for (let n = made; n < Math.min(made + perRound, count); n += 1) {
      const { id } = await stage.wish(stage.sum(BigInt(200_00 + Math.floor(roll() * 5_000_00))));
      await stage.core.send(id);
      round.push(id);
    }
    // What was lost on its way is sent again before the payers stand before the page.
    await rounds(stage, 2 * minute, minute);
    for (const id of round) await payerActs(stage, id, roll);
    await rounds(stage, 3 * minute, 3 * minute);
    for (const id of round) if (roll() < 0.1) await somebodyPaysBack(stage, id, roll);
    ids.push(...round);
  }
  weather.isOn = false;
  await rounds(stage, 27 * hour, 20 * minute);
  return { stage, ids };
}

/** The worker's rounds, with room for everything that is due. */
async function rounds(stage: Stage, ms: number, stepMs: number): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    await stage.timers.advance(Math.min(stepMs, left));
    await stage.core.sendDue(1_000);
    await stage.core.lookDue(1_000);
    await stage.core.sendDueRefunds(1_000);
  }
}

async function payerActs(stage: Stage, id: PaymentId, roll: () => number): Promise<void> {
  const payment = await stage.payment(id);
  const chance = roll();
  if (payment.state !== 'pending' || chance < 0.1) return;
  if (!(await arrives(stage, payment.redirect))) return;
  const canDecline = stage.system.traits.some((trait) => trait.startsWith('declines-'));
  await stage.levers.act(id, chance < 0.2 && canDecline ? 'decline' : 'pay');
}

/** A payer whose page does not come tries again twice, and then walks away. */
async function arrives(stage: Stage, redirect: Redirect | undefined): Promise<boolean> {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      await stage.visit(redirect);
      return true;
    } catch {
      continue;
    }
  }
  return false;
}

async function somebodyPaysBack(stage: Stage, id: PaymentId, roll: () => number): Promise<void> {
  const payment = await stage.payment(id);
  if (payment.state !== 'succeeded' || stage.plain.refund === undefined) return;
  const part = BigInt(1 + Math.floor(roll() * 99));
  await stage.refund(id, (payment.amount.minor * part) / 100n);
}

/** Sum of the ledger against what was captured less what was paid back, in smallest units of each currency. */
export async function sumsAgree(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ ledger: string; provider: string }>(
    `SELECT (SELECT coalesce(sum(amount_minor), 0) FROM payment_credit)
          - (SELECT coalesce(sum(CASE kind WHEN 'debit' THEN amount_minor ELSE -amount_minor END), 0) FROM refund_debit)
            AS ledger,
            (SELECT coalesce(sum(captured_minor), 0) FROM payment WHERE state = 'succeeded')
          - (SELECT coalesce(sum(amount_minor), 0) FROM refund WHERE state = 'succeeded') AS provider`,
  );
  assert.equal(rows[0]?.ledger, rows[0]?.provider);
}

/** How many payments are in each state. */
export async function statesOf(pool: pg.Pool): Promise<Readonly<Record<string, number>>> {
  const { rows } = await pool.query<{ state: string; n: number }>(
    'SELECT state, count(*)::int AS n FROM payment GROUP BY state ORDER BY state',
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
