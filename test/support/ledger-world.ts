import { randomUUID } from 'node:crypto';
import { MemoryLedger } from '../../src/adapters/memory/memory-ledger.ts';
import { postEvent, type Beside } from '../../src/application/accounting/post-event.ts';
import type { Ledger, PostRefusal } from '../../src/application/ports/ledger.ts';
import type { AccountId, CustomerId } from '../../src/domain/ids.ts';
import { ofAccount, ofProvider } from '../../src/domain/ledger/chart-of-accounts.ts';
import { newHold } from '../../src/domain/ledger/hold.ts';
import type { LedgerEvent } from '../../src/domain/ledger/ledger-event.ts';
import { zero } from '../../src/domain/money.ts';
import type { Result } from '../../src/domain/result.ts';
import { dayIn, hour, instant, later, parseDay, type Instant } from '../../src/domain/time.ts';
import { ledgerAccounts, type LedgerStep } from './any-ledger-event.ts';

export type Posted = Result<'posted' | 'repeated', PostRefusal>;

/** What steps were answered, for the laws to look at. */
export interface Answered {
  readonly step: LedgerStep;
  readonly answers: readonly Posted[];
}

export const ledgerStart = instant(Date.UTC(2026, 11, 15, 9));
const randomness = {
  id: () => randomUUID(),
  digits: () => '',
  token: () => '',
  bytes: () => new Uint8Array(),
};

class Crash extends Error {}

/** A ledger with the accounts of the little company, and a clock that moves with every step. */
export const ledgerWorld = () => {
  const ledger = new MemoryLedger();
  for (const [number, currency] of Object.entries(ledgerAccounts)) {
    ledger.accounts.set(number, {
      account: {
        id: randomUUID() as AccountId,
        customerId: randomUUID() as CustomerId,
        number,
        title: '',
        balance: zero(currency),
        openedOn: parseDay('2026-01-01')!,
        asOf: ledgerStart,
        version: 0,
      },
      locale: 'ru',
      isClosed: false,
    });
  }
  let now: Instant = ledgerStart;
  const clock = { now: () => now };
  const post = postEvent(ledger, clock, randomness);
  const crashing = postEvent(crashingBefore(ledger), clock, randomness);

  const tell = async (event: LedgerEvent, beside: Beside): Promise<Posted> => post(event, beside);
  const play = async (step: LedgerStep): Promise<Answered> => {
    now = later(now, hour);
    const answers: Posted[] = [];
    switch (step.tag) {
      case 'event': {
        const beside = step.hold === undefined ? {} : { hold: step.hold };
        // The process died before its commit, or after it and before it could say so; it is told again either way.
        if (step.crash === 'before-commit') await crashing(step.event, beside).catch(ifCrash);
        if (step.crash === 'after-commit') await post(step.event, beside);
        for (let n = 0; n < step.times; n += 1) answers.push(await tell(step.event, beside));
        if (step.isChanged) answers.push(await tell(changed(step.event), beside));
        break;
      }
      case 'hold': {
        const expiresAt = later(now, step.isLong ? 1_000 * hour : hour);
        const [debit, credit] = [
          ofProvider('clearing', 'alpha', 'RUB'),
          ofAccount('receivable', 'A1'),
        ];
        await ledger.open(
          newHold({ key: step.key, debit, credit, amount: step.amount, expiresAt }),
          now,
        );
        break;
      }
      case 'void':
      case 'expire':
        await ledger.endHold(step.key, { tag: step.tag }, now);
        break;
      case 'close':
        await ledger.closeMonth(step.month, dayIn('Europe/Moscow', now));
        break;
      case 'close-account':
        await ledger.closeAccount(step.account, 'sold', now);
    }
    return { step, answers };
  };
  return { ledger, play, now: () => now, tell };
};
export type LedgerPlay = ReturnType<typeof ledgerWorld>;

/** The same key told with other facts. */
export const changed = (event: LedgerEvent): LedgerEvent => ({ ...event, memo: `${event.memo}!` });

const crashingBefore = (ledger: MemoryLedger): Ledger => ({
  post: (asked, decide) =>
    ledger.post(asked, (seen) => {
      const decided = decide(seen);
      if (decided.ok) throw new Crash();
      return decided;
    }),
  open: (hold, now) => ledger.open(hold, now),
  endHold: (key, end, now) => ledger.endHold(key, end, now),
  expireHolds: (now) => ledger.expireHolds(now),
  closeMonth: (month, today) => ledger.closeMonth(month, today),
  closeAccount: (number, reason, now) => ledger.closeAccount(number, reason, now),
  counters: (account, now) => ledger.counters(account, now),
  bill: (invoiceId) => ledger.bill(invoiceId),
});

const ifCrash = (error: unknown): void => {
  if (!(error instanceof Crash)) throw error;
};
