import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCamt } from '../../../../src/adapters/books/bank/camt-reader.ts';
import { type CamtKind, camtFile } from '../../../../src/adapters/books/bank/camt-writer.ts';
import {
  type BankFileItem,
  type BankFileMistake,
  BankFileRefused,
} from '../../../../src/application/ports/bank-file.ts';
import { closingOf } from '../../../../src/domain/bank-statement.ts';
import { anyCurrency } from '../../../support/any.ts';
import { all, anyStatement, each, inPieces } from '../../../support/any-statement.ts';

const anyKind = fc.constantFrom<CamtKind[]>('camt.053', 'camt.054');
const anyFile = anyCurrency.chain(anyStatement);
type Given = ReturnType<typeof anyFile.generate>['value'];
const written = async (kind: CamtKind, { statement, movements }: Given): Promise<Buffer> =>
  Buffer.concat(await all(camtFile(kind, statement, each(movements))));
const read = (bytes: Uint8Array, size = bytes.length): Promise<BankFileItem[]> =>
  all(readCamt(inPieces(bytes, Math.max(1, size))));

const refusal = async (text: string | Uint8Array): Promise<BankFileRefused> => {
  const error = await read(typeof text === 'string' ? Buffer.from(text) : text).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof BankFileRefused, String(error));
  return error;
};

/** A statement by hand, in the shape of version 02: status without a choice, parties one step less deep. */
const oldFile = `<?xml version="1.0" encoding="UTF-8"?>
<d:Document xmlns:d="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
<d:BkToCstmrStmt><d:GrpHdr><d:MsgId>1</d:MsgId><d:CreDtTm>2026-11-12T23:59:59</d:CreDtTm></d:GrpHdr>
<d:Stmt><d:Id>1</d:Id><d:CreDtTm>2026-11-12T23:59:59</d:CreDtTm>
<d:Acct><d:Id><d:IBAN>DE89370400440532013000</d:IBAN></d:Id></d:Acct>
<d:Bal><d:Tp><d:CdOrPrtry><d:Cd>PRCD</d:Cd></d:CdOrPrtry></d:Tp><d:Amt Ccy="EUR">10</d:Amt><d:CdtDbtInd>DBIT</d:CdtDbtInd><d:Dt><d:Dt>2026-11-11</d:Dt></d:Dt></d:Bal>
<d:Bal><d:Tp><d:CdOrPrtry><d:Cd>CLBD</d:Cd></d:CdOrPrtry></d:Tp><d:Amt Ccy="EUR">90.500</d:Amt><d:CdtDbtInd>CRDT</d:CdtDbtInd><d:Dt><d:Dt>2026-11-12</d:Dt></d:Dt></d:Bal>
<d:Ntry><d:Amt Ccy="EUR">100.50</d:Amt><d:CdtDbtInd>CRDT</d:CdtDbtInd><d:Sts>BOOK</d:Sts><d:BookgDt><d:DtTm>2026-11-12T10:00:00+01:00</d:DtTm></d:BookgDt><d:AcctSvcrRef>R1</d:AcctSvcrRef>
<d:NtryDtls><d:TxDtls><d:Refs><d:EndToEndId>NOTPROVIDED</d:EndToEndId></d:Refs><d:RltdPties><d:Dbtr><d:Nm>Payments &amp; Co</d:Nm></d:Dbtr><d:DbtrAcct><d:Id><d:IBAN>DE02120300000000202051</d:IBAN></d:Id></d:DbtrAcct></d:RltdPties><d:RltdAgts><d:DbtrAgt><d:FinInstnId><d:BIC>BYLADEM1001</d:BIC></d:FinInstnId></d:DbtrAgt></d:RltdAgts>
<d:RmtInf><d:Ustrd>registry 42</d:Ustrd><d:Ustrd>of 11.11.2026</d:Ustrd></d:RmtInf></d:TxDtls></d:NtryDtls></d:Ntry>
<d:Ntry><d:Amt Ccy="EUR">7.00</d:Amt><d:CdtDbtInd>CRDT</d:CdtDbtInd><d:Sts>PDNG</d:Sts></d:Ntry>
</d:Stmt></d:BkToCstmrStmt></d:Document>`;

describe('ISO 20022 camt.053 and camt.054', () => {
  it('come back as they were written, in every currency and in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyKind,
        anyFile,
        fc.integer({ min: 1, max: 900 }),
        async (kind, given, size) => {
          const { statement, movements } = given;
          const [account, ...rest] = await read(await written(kind, given), size);

          const { currency, owner, from, to, turnover } = statement;
          assert.partialDeepStrictEqual(account, {
            ...{ kind: 'account', account: owner.account, currency, from, to },
            ...(kind === 'camt.053' && { opening: turnover.opening, closing: closingOf(turnover) }),
          });
          const found = rest.map((item) => (item.kind === 'movement' ? item.movement : item));
          // The standard has no place for a correspondent account of a bank.
          const told = movements.map((movement) => ({
            ...movement,
            other: { ...movement.other, correspondentAccount: '' },
          }));
          assert.deepEqual(found, told);
        },
      ),
    );
  });

  it('are refused wherever they are cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyKind,
        anyFile,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (kind, given, share) => {
          const bytes = await written(kind, given);

          await refusal(bytes.subarray(0, Math.floor((bytes.length - 2) * share)));
        },
      ),
    );
  });

  it('are read in older versions: IBAN, no choice of status, parties less deep, other balances', async () => {
    const [account, entry, pending, ...more] = await read(Buffer.from(oldFile), 11);

    assert.deepEqual(more, []);
    assert.partialDeepStrictEqual(account, {
      ...{ account: 'DE89370400440532013000', currency: 'EUR', opening: -1_000n, closing: 9_050n },
      ...{ from: '2026-11-11', to: '2026-11-12' },
    });
    assert.ok(entry?.kind === 'movement');
    assert.partialDeepStrictEqual(entry.movement, {
      ...{ number: 'R1', day: '2026-11-12', minor: 10_050n, direction: 'in' },
      purpose: 'registry 42 of 11.11.2026',
      other: { name: 'Payments & Co', account: 'DE02120300000000202051', bic: 'BYLADEM1001' },
    });
    assert.equal(pending?.kind, 'warning');
  });

  const mistakes: readonly (readonly [BankFileMistake, string, string])[] = [
    ['too-many-decimals', '100.50', '100.50001'],
    ['too-many-decimals', '90.500', '90.501'],
    ['malformed-amount', '100.50', '-100.50'],
    ['malformed-amount', '100.50', '1e2'],
    ['malformed-amount', '>100.50', '>0.00'],
    ['wrong-currency', '<d:Amt Ccy="EUR">100.50', '<d:Amt Ccy="USD">100.50'],
    ['wrong-currency', 'Ccy="EUR">10<', 'Ccy="XAU">10<'],
    ['does-not-add-up', '90.500', '90.51'],
    ['malformed-date', '2026-11-12T10', '2026-02-30T10'],
    ['outside-period', '2026-11-12T10', '2026-11-13T10'],
    ['missing', '<d:IBAN>DE89370400440532013000</d:IBAN>', ''],
    [
      'missing',
      '<d:CdtDbtInd>CRDT</d:CdtDbtInd><d:Sts>BOOK',
      '<d:CdtDbtInd>X</d:CdtDbtInd><d:Sts>BOOK',
    ],
    ['not-this-format', '</d:Ntry>', '</d:Entry>'],
    ['not-this-format', 'camt.053.001.02', 'pain.001.001.03'],
    ['not-this-format', 'd:Document', 'd:Dokument'],
    ['unknown-version', 'camt.053.001.02', 'camt.053.001.13'],
    ['not-this-format', '<d:Document', '<!DOCTYPE d [<!ENTITY x "y">]><d:Document'],
    ['not-this-format', '&amp;', '&x;'],
    ['not-this-format', '<d:RmtInf>', '<d:A>'.repeat(40)],
    ['not-this-format', 'registry 42', 'x'.repeat(20_000)],
  ];
  for (const [mistake, from, to] of mistakes) {
    it(`are refused as ${mistake} for ${to.slice(0, 50) || `no ${from}`}`, async () => {
      const changed = oldFile.replaceAll(from, to);
      assert.notEqual(changed, oldFile);

      const error = await refusal(changed);

      assert.equal(error.mistake, mistake);
      assert.ok(error.line >= 1);
    });
  }

  it('are refused where details are not their entry, or the bytes are not UTF-8', async () => {
    const detail = (amount: string): string =>
      `<d:TxDtls><d:Amt Ccy="EUR">${amount}</d:Amt></d:TxDtls>`;
    const gathered = (...amounts: string[]): string =>
      oldFile.replace(/<d:TxDtls>.*<\/d:TxDtls>/s, amounts.map(detail).join(''));

    assert.equal((await read(Buffer.from(gathered('60', '40.50')))).length, 3);
    assert.equal((await refusal(gathered('60', '40.51'))).mistake, 'does-not-add-up');
    const bytes = Buffer.from(oldFile);
    bytes[bytes.indexOf('registry')] = 0xff;
    assert.equal((await refusal(bytes)).mistake, 'unknown-encoding');
  });
});
