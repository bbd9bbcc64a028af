import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { type CamtKind, camtFile } from '../../../../src/adapters/books/bank/camt-writer.ts';
import type { BankMovement, BankStatement } from '../../../../src/domain/bank-statement.ts';
import { currencies, exponentOf } from '../../../../src/domain/currency.ts';
import { all, anyStatement, each } from '../../../support/any-statement.ts';
import { ensurePackage } from '../../../support/debian-package.ts';
import { skipUnless } from '../../../support/skips.ts';

const run = promisify(execFile);
const seed = 20_261_128;

/** ISO 20022 allows everybody to use its schemas, not to hand them on: they lie beside the project, if at all. */
const schemas =
  process.env['CAMT_SCHEMAS'] ?? join(import.meta.dirname, '../../../../../shared/data/xsd');
const hasSchemas = existsSync(join(schemas, 'camt.053.001.08.xsd'));
if (!hasSchemas)
  console.log('  camt: no schemas beside the project (CAMT_SCHEMAS), so xmllint does not judge');

interface Written {
  readonly kind: CamtKind;
  readonly file: string;
  readonly statement: BankStatement;
  readonly movements: readonly BankMovement[];
}

describe('camt files before judges who are not ours', function () {
  this.timeout(300_000);
  let place: string;
  let files: Written[];
  before(async () => {
    place = mkdtempSync(join(tmpdir(), 'kabinet-camt-'));
    files = [];
    for (const currency of currencies) {
      // The first samples of a run are the smallest ones.
      const samples = fc
        .sample(anyStatement(currency), { numRuns: 60, seed })
        .filter(({ movements }) => movements.length > 1)
        .slice(-4);
      assert.equal(samples.length, 4);
      for (const [n, { statement, movements }] of samples.entries()) {
        const kind = n % 2 === 0 ? 'camt.053' : 'camt.054';
        const file = join(place, `${currency}-${String(n)}.xml`);
        writeFileSync(file, Buffer.concat(await all(camtFile(kind, statement, each(movements)))));
        files.push({ kind, file, statement, movements });
      }
    }
  });
  after(() => {
    rmSync(place, { recursive: true, force: true });
  });

  if (hasSchemas) {
    it('fit the published schemas by xmllint, and xmllint sees what does not', async function () {
      skipUnless(this, await ensurePackage('libxml2-utils', '/usr/bin/xmllint'));
      for (const kind of ['camt.053', 'camt.054'] as const) {
        const schema = join(schemas, `${kind}.001.08.xsd`);
        const names = files.filter((one) => one.kind === kind).map(({ file }) => file);
        const check = (...given: string[]) =>
          run('/usr/bin/xmllint', ['--noout', '--nonet', '--schema', schema, ...given]);

        await check(...names);

        const broken = join(place, `broken-${kind}.xml`);
        writeFileSync(broken, '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:x"/>');
        await assert.rejects(check(broken));
      }
    });
  }

  it('say the same amounts, days and references to AqBanking', async function () {
    skipUnless(this, await ensurePackage('aqbanking-tools', '/usr/bin/aqbanking-cli'));
    for (const { kind, file, statement, movements } of files) {
      if (kind !== 'camt.053') continue;
      const rows = await readByAqBanking(file, place);

      const digits = exponentOf(statement.currency);
      const found = rows.map(({ value, currency, date, reference }) => ({
        ...{ minor: minorOf(value, digits), currency, date, reference },
      }));
      const wanted = movements.map(({ minor, direction, day, number }) => ({
        minor: direction === 'in' ? minor : -minor,
        currency: statement.currency,
        date: day,
        reference: number,
      }));
      assert.deepEqual(found.toSorted(inOrder), wanted.toSorted(inOrder), file);
    }
  });
});

interface Row {
  readonly value: string;
  readonly currency: string;
  readonly date: string;
  readonly reference: string;
}
const inOrder = (
  a: { reference: string; minor: bigint },
  b: { reference: string; minor: bigint },
) => (a.reference === b.reference ? Number(a.minor - b.minor) : a.reference < b.reference ? -1 : 1);

/** An exact fraction such as `125450/100` in smallest units. */
function minorOf(value: string, digits: number): bigint {
  const [above = '0', below = '1'] = value.split('/');
  const scaled = BigInt(above) * 10n ** BigInt(digits);
  assert.equal(scaled % BigInt(below), 0n, `${value} has more decimals than its currency`);
  return scaled / BigInt(below);
}

async function readByAqBanking(file: string, place: string): Promise<Row[]> {
  const context = join(place, 'context');
  rmSync(context, { force: true });
  const options = { env: { ...process.env, HOME: place, LC_ALL: 'C.UTF-8' }, maxBuffer: 1 << 26 };
  const aqbanking = (...args: string[]) =>
    run('/usr/bin/aqbanking-cli', ['-n', '-D', join(place, 'aq'), ...args], options);
  const profile = ['--importer=xml', '--profile=camt_053_001_04', `--infile=${file}`];
  await aqbanking('import', ...profile, '-c', context);
  const { stdout } = await aqbanking('export', '-c', context, '--exporter=csv', '--profile=full');
  const [heading = '', ...lines] = stdout.trim().split('\n');
  const names = cellsOf(heading);
  return lines.map((line) => {
    const cells = cellsOf(line);
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    return {
      value: cell('value_value'),
      currency: cell('value_currency'),
      date: cell('date').replaceAll('/', '-'),
      reference: cell('endToEndReference'),
    };
  });
}

const cellsOf = (line: string): string[] =>
  line.split(';').map((cell) => cell.replace(/^"(.*)"$/, '$1'));
