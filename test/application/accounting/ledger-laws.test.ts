import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changed, ledgerWorld, type LedgerPlay } from '../../support/ledger-world.ts';
import { keyOf } from '../../../src/domain/ledger/event-keys.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/ledger-event.ts';
import { customersAccounts } from '../../../src/domain/ledger/chart-of-accounts.ts';
import { isHeld } from '../../../src/domain/ledger/hold.ts';
import { firstOpenDay } from '../../../src/domain/ledger/period.ts';
import { dayIn } from '../../../src/domain/time.ts';
import { anyLedgerStep, type LedgerStep } from '../../support/any-ledger-event.ts';
import { fcRuns } from '../../support/fc-runs.ts';
import {
  balances,
  clearingExplained,
  counts,
  customersSee,
  floorsHold,
  happensOnce,
  holdsHold,
} from '../../support/ledger-laws.ts';

/** Which events were taken and which refusals were answered. */
const seen = { types: new Set<string>(), refusals: new Set<string>(), closed: 0 };

/** Plays steps and holds every answer and what is kept against the laws that compare before with after. */
async function played(steps: readonly LedgerStep[], world: LedgerPlay) {
  const accepted = new Map<string, LedgerEvent>();
  for (const step of steps) {
    const before = new Map(world.ledger.kept);
    const closed = world.ledger.closedThrough;
    const closedAccounts = new Set(world.ledger.closedFor.keys());
    const hold = 'key' in step ? world.ledger.holds.get(step.key) : undefined;
    const { answers } = await world.play(step);
    if (step.tag === 'event') noteAnswers(step, answers, before, accepted);
    if (hold !== undefined && hold.state.tag !== 'open') {
      assert.equal(world.ledger.holds.get(hold.key), hold, 'a resolved hold stays as it is');
    }
    keepsWhatWasPosted(world, before, closed);
    closedStayEmpty(world, before, closedAccounts);
  }
  return accepted;
}

/** 5: one key has one effect; told again it is repeated, told otherwise it is refused. */
function noteAnswers(
  step: Extract<LedgerStep, { tag: 'event' }>,
  answers: Awaited<ReturnType<LedgerPlay['play']>>['answers'],
  before: ReadonlyMap<string, unknown>,
  accepted: Map<string, LedgerEvent>,
): void {
  const key = keyOf(step.event);
  const [first] = answers;
  for (const answer of answers) if (!answer.ok) seen.refusals.add(answer.refusal.reason);
  const posted = answers.filter((answer) => answer.ok && answer.value === 'posted').length;
  assert.ok(posted + Number(before.has(key)) + Number(step.crash === 'after-commit') <= 2, key);
  if (first?.ok !== true) {
    const last = answers.at(-1);
    if (step.isChanged && last?.ok === true) accept(key, changed(step.event), accepted);
    return;
  }
  if (!before.has(key)) accept(key, step.event, accepted);
  for (const answer of answers.slice(1, step.times)) {
    assert.deepEqual(answer, { ok: true, value: 'repeated' });
  }
  if (step.isChanged) {
    assert.deepEqual(answers.at(-1), { ok: false, refusal: { reason: 'told-otherwise', key } });
  }
}

function accept(key: string, event: LedgerEvent, accepted: Map<string, LedgerEvent>): void {
  if (!accepted.has(key)) accepted.set(key, event);
  seen.types.add(event.type);
}

/** 4, 8: nothing kept is changed or lost, and what is new stands in no closed month, with the time it happened at. */
function keepsWhatWasPosted(
  { ledger }: LedgerPlay,
  before: ReadonlyMap<string, unknown>,
  closed: LedgerPlay['ledger']['closedThrough'],
): void {
  const open = firstOpenDay(closed);
  for (const [key, kept] of before) assert.equal(ledger.kept.get(key), kept);
  for (const [key, { bookedOn, entry }] of ledger.kept) {
    if (before.has(key)) continue;
    const day = dayIn('Europe/Moscow', entry.effectiveAt);
    assert.equal(bookedOn, open !== undefined && day < open ? open : day, key);
  }
}

/** 8: a closed account stands at nothing, nothing is held for it, and nothing is posted to it any more. */
function closedStayEmpty(
  { ledger, now }: LedgerPlay,
  before: ReadonlyMap<string, unknown>,
  closed: ReadonlySet<string>,
): void {
  const fresh = [...ledger.kept].filter(([key]) => !before.has(key)).map(([, { entry }]) => entry);
  for (const number of closed) {
    seen.closed += 1;
    const touched = fresh.flatMap(({ postings }) => postings.map(({ account }) => account));
    assert.ok(!touched.some((account) => customersAccounts(number).includes(account)), number);
  }
  for (const number of ledger.closedFor.keys()) {
    assert.equal(ledger.accounts.get(number)?.account.balance.minor, 0n, number);
    const accounts = customersAccounts(number);
    for (const account of accounts) assert.equal(ledger.debitsOverCredits(account), 0n, account);
    for (const hold of ledger.holds.values()) {
      assert.ok(!isHeld(hold, now()) || !accounts.includes(hold.credit), hold.key);
    }
  }
}

const anySteps = fc.array(anyLedgerStep, { minLength: 20, maxLength: 60, size: 'max' });

describe('The laws of the ledger', function () {
  this.timeout(600_000);

  it('hold whatever happens, in any order, told again, told otherwise, and cut short', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyLedgerStep, { minLength: 20, maxLength: 60, size: 'max' }),
        async (steps) => {
          const world = ledgerWorld();
          const accepted = await played(steps, world);

          balances(world.ledger);
          await counts(world.ledger, world.now());
          happensOnce(world.ledger);
          holdsHold(world.ledger);
          floorsHold(world.ledger);
          customersSee(world.ledger);
          clearingExplained(world.ledger, accepted);
        },
      ),
      { ...fcRuns, numRuns: Math.max(fcRuns.numRuns, 600) },
    );
  });

  it('meet every event and every refusal: a law about what never happens proves nothing', async () => {
    for (const steps of fc.sample(anySteps, { numRuns: 800, seed: 20_261_128 })) {
      await played(steps, ledgerWorld());
    }
    assert.equal(seen.types.size, 19, [...seen.types].join(' '));
    const often = [
      ...['told-otherwise', 'below-floor', 'over-captured', 'original-unknown', 'already-reversed'],
      ...[
        'is-a-reversal',
        'proof-used',
        'hold-unknown',
        'already-resolved',
        'over-held',
        'hold-expired',
        'account-closed',
      ],
    ];
    const unseen = often.filter((reason) => !seen.refusals.has(reason));
    assert.deepEqual(unseen, []);
    assert.ok(seen.closed > 100, `closed accounts were met ${seen.closed} times`);
  });

  it('hold for many captures of one hold: one is taken', async () => {
    const world = ledgerWorld();
    const hold = anyHeld();
    await world.play(hold);
    const take = (paymentId: string) =>
      world.play({
        tag: 'event',
        event: {
          type: 'payment-captured',
          provider: 'alpha',
          paymentId,
          account: 'A1',
          amount: hold.amount,
          at: world.now(),
          memo: '',
        },
        hold: hold.key,
        times: 1,
        crash: 'none',
        isChanged: false,
      });

    const all = [await take('a'), await take('b')].flatMap(({ answers }) => answers);
    assert.deepEqual(all, [
      { ok: true, value: 'posted' },
      { ok: false, refusal: { reason: 'already-resolved', as: 'captured' } },
    ]);
  });
});

const anyHeld = () => {
  const [hold] = fc.sample(
    anyLedgerStep.filter((step) => step.tag === 'hold' && step.isLong),
    { numRuns: 1, seed: 1 },
  );
  assert.ok(hold?.tag === 'hold');
  return hold;
};
