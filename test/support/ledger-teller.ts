import { randomUUID } from 'node:crypto';
import { ofProvider } from '../../src/domain/ledger/chart-of-accounts.ts';
import type { LedgerEvent } from '../../src/domain/ledger/ledger-event.ts';
import { money } from '../../src/domain/money.ts';
import { ledgerNow as now, type LedgerStage } from './ledger-stage.ts';

export const rub = (minor: bigint) => money(minor, 'RUB');
export const told = { at: now, memo: 'memo' };
export const alpha = { ...told, provider: 'alpha' };
export const posted = { ok: true, value: 'posted' } as const;
export const clearing = ofProvider('clearing', 'alpha', 'RUB');

/** Tells a ledger what happened on one account in roubles, and says how that stands. */
export const ledgerTeller = (stage: () => LedgerStage, account: () => string) => {
  const tell = (event: LedgerEvent, hold?: string) =>
    stage().post(event, hold === undefined ? {} : { hold });
  const charge = (minor: bigint, invoiceId: string = randomUUID()) =>
    tell({ ...told, type: 'charge-raised', invoiceId, account: account(), amount: rub(minor) });
  const capture = (minor: bigint, paymentId: string = randomUUID(), hold?: string) =>
    tell(
      { ...alpha, type: 'payment-captured', paymentId, account: account(), amount: rub(minor) },
      hold,
    );
  const stands = async () => {
    const of = await stage().customer(account());
    return [of.balance, of.version, of.lines.map((line) => line.join(' '))];
  };
  const balance = async (name: typeof clearing) => {
    const of = await stage().ledger.counters(name, now);
    return of.debitsPosted - of.creditsPosted;
  };
  const reasonOf = async (answer: ReturnType<typeof tell>): Promise<string> => {
    const of = await answer;
    return of.ok ? of.value : of.refusal.reason;
  };
  const racing = async (answers: readonly ReturnType<typeof tell>[]) =>
    (await Promise.all(answers.map(reasonOf))).toSorted();
  return { tell, charge, capture, stands, balance, reasonOf, racing };
};
