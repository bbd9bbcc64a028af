import { rows } from '../../src/adapters/accounting/tryton/tryton-chart.ts';
import type { TrytonCall } from '../../src/adapters/accounting/tryton/tryton-talk.ts';
import { fromDecimal } from '../../src/adapters/accounting/tryton/tryton-wire.ts';
import type { LedgerLine } from './given-ledger.ts';

/** What Tryton has posted since this moment, in the names of our ledger; read without the adapter's own reading. */
export async function trytonLedger(call: TrytonCall): Promise<() => Promise<LedgerLine[]>> {
  const [last] = await rows(call, 'account.move', [], [], { order: [['id', 'DESC']], limit: 1 });
  const since = last?.id ?? 0;
  return async () => {
    const domain = [
      ['move', '>', since],
      ['move.state', '=', 'posted'],
    ];
    const fields = ['move.description', 'account.code', 'party.code', 'debit', 'credit'];
    const more = ['amount_second_currency'];
    const lines = await rows(call, 'account.move.line', domain, [...fields, ...more]);
    return lines.map((line) => {
      const [move, account, party] = ['move.', 'account.', 'party.'].map(
        (name) => line[name] as Readonly<Record<string, unknown>> | null | undefined,
      );
      const second = fromDecimal(line['amount_second_currency'], 'RUB')?.minor;
      const debit = fromDecimal(line['debit'], 'RUB')?.minor ?? 0n;
      const credit = fromDecimal(line['credit'], 'RUB')?.minor ?? 0n;
      const signed = second ?? debit - credit;
      return {
        key: String(move?.['description']),
        account: party ? `receivable:${String(party['code'])}` : String(account?.['code']),
        side: signed > 0n ? 'debit' : 'credit',
        minor: signed < 0n ? -signed : signed,
      };
    });
  };
}
