import assert from 'node:assert/strict';
import { readCamt } from '../../../src/adapters/books/bank/camt-reader.ts';
import { camtFile } from '../../../src/adapters/books/bank/camt-writer.ts';
import { findCredits } from '../../../src/application/accounting/find-credits.ts';
import {
  type BankFileListener,
  importBankFile,
} from '../../../src/application/accounting/import-bank-file.ts';
import { BankFileRefused } from '../../../src/application/ports/bank-file.ts';
import { type BankMovement, unknownParty } from '../../../src/domain/bank-statement.ts';
import type { SettlementRule } from '../../../src/domain/ledger/settlement-match.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';
import { all, each, inPieces, tally } from '../../support/any-statement.ts';
import { ledgerNow, memoryLedgerStage } from '../../support/ledger-stage.ts';

const day = '2026-10-12' as CalendarDay;
const movement = (facts: Partial<BankMovement>): BankMovement => ({
  ...{ number: '1', day, minor: 100_000n, direction: 'in' },
  other: { ...unknownParty, name: 'НКО ЮМани', taxNumber: '7750005725' },
  purpose: 'реестр 42',
  ...facts,
});
const rules: readonly SettlementRule[] = [
  { provider: 'yookassa', taxNumber: '7750005725', batch: /реестр (\d+)/ },
];
const fileOf = async (movements: readonly BankMovement[]): Promise<Buffer> => {
  const sums = tally(0n);
  for (const one of movements) sums.add(one);
  const owner = { ...unknownParty, account: '40702810200000000001' };
  const facts = { id: '1', madeAt: ledgerNow, currency: 'RUB', owner, from: day, to: day } as const;
  return Buffer.concat(
    await all(camtFile('camt.053', { ...facts, turnover: sums.turnover() }, each(movements))),
  );
};
const givenImport = async () => {
  const stage = await memoryLedgerStage();
  const heard: string[] = [];
  const listener: BankFileListener = {
    warning: (_, text) => heard.push(`warning ${text}`),
    unmatched: (_, { purpose }) => heard.push(`unmatched ${purpose}`),
    refused: (_, reason) => heard.push(`refused ${reason}`),
    progress: () => undefined,
  };
  const work = importBankFile(readCamt, rules, stage.post, 'Europe/Moscow');
  const give = (bytes: Uint8Array) => work(() => inPieces(bytes, 100), listener);
  return { stage, heard, give };
};

describe('importBankFile', () => {
  it('moves what a provider transferred from clearing to the bank, once, and lists the rest', async () => {
    const { stage, heard, give } = await givenImport();
    const bytes = await fileOf([
      movement({}),
      movement({ purpose: 'реестр 43', minor: 5n }),
      movement({ other: unknownParty, purpose: 'rent' }),
      movement({ direction: 'out', purpose: 'реестр 44' }),
    ]);

    const first = await give(bytes);
    const again = await give(bytes);

    const counts = { movements: 4, unmatched: 1, refused: 0, warnings: 0 };
    assert.deepEqual(first, { ...counts, posted: 2, repeated: 0 });
    assert.deepEqual(again, { ...counts, posted: 0, repeated: 2 });
    assert.deepEqual(heard, ['unmatched rent', 'unmatched rent']);
    const kept = [...stage.ledger.kept.values()].map(({ entry, bookedOn }) => ({
      entry,
      bookedOn,
    }));
    assert.deepEqual(
      kept.map(({ entry }) => entry.key),
      ['settle:yookassa:42', 'settle:yookassa:43'],
    );
    const [{ entry, bookedOn }] = kept as [(typeof kept)[number]];
    assert.equal(bookedOn, day);
    assert.deepEqual(
      entry.postings.map(({ account, side, amount }) => [
        account.split(':')[0],
        side,
        amount.minor,
      ]),
      [
        ['bank', 'debit', 100_000n],
        ['clearing', 'credit', 100_000n],
      ],
    );
  });

  it('says what the books refuse: the same register with another sum', async () => {
    const { heard, give } = await givenImport();
    await give(await fileOf([movement({})]));

    const other = await give(await fileOf([movement({ minor: 7n })]));

    assert.equal(other.refused, 1);
    assert.match(heard.join(), /^refused /);
  });

  it('posts nothing of a file that must not be believed, however late that is seen', async () => {
    const { stage, give } = await givenImport();
    const text = (await fileOf([movement({}), movement({ purpose: 'реестр 43' })])).toString();

    await assert.rejects(give(Buffer.from(text.replace(/<\/Document>\s*$/, ''))), BankFileRefused);

    assert.equal(stage.ledger.kept.size, 0);
  });
});

describe('findCredits', () => {
  const find = findCredits(readCamt, [...rules, { provider: 'other', name: 'Other' }]);

  it('finds the transfers of one batch of one provider, as they are booked', async () => {
    const other = { ...unknownParty, name: 'Other Pay' };
    const bytes = await fileOf([
      movement({ number: '1' }),
      movement({ number: '2', minor: 5n }),
      movement({ number: '3', purpose: 'реестр 43' }),
      movement({ number: '4', direction: 'out' }),
      movement({ number: '5', other }),
    ]);

    const found = await find(inPieces(bytes, 100), 'yookassa', '42');
    const byDay = await find(inPieces(bytes, 100), 'other', `${day}:5`);
    const none = await find(inPieces(bytes, 100), 'other', '42');

    assert.deepEqual(
      found.map(({ number, amount }) => `${number} ${amount.minor} ${amount.currency}`),
      ['1 100000 RUB', '2 5 RUB'],
    );
    assert.deepEqual([byDay.length, none], [1, []]);
  });

  it('believes no file that is cut off', async () => {
    const bytes = (await fileOf([movement({})])).subarray(0, 700);
    await assert.rejects(find(inPieces(bytes, 100), 'yookassa', '42'), BankFileRefused);
  });
});
