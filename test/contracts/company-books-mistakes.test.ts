import assert from 'node:assert/strict';
import { FileRefused } from '../../src/application/ports/company-books.ts';
import {
  companyWorld,
  filesOf,
  smallCompany,
  type CompanyWorld,
} from '../support/given-company.ts';

describe('Loading a company with mistakes into the books', () => {
  let world: CompanyWorld;
  beforeEach(async () => {
    world = await companyWorld();
  });
  afterEach(() => world.close());

  it('loads nothing when one row is bad, and says which', async () => {
    const before = await world.content();
    const bad = smallCompany.operations.with(1, smallCompany.operations[1]!.with(4, '1000.5'));

    const report = await world.load(filesOf({ ...smallCompany, operations: bad }));

    assert.equal(report.loaded, undefined);
    assert.equal(await world.content(), before);
    assert.equal(world.rejected.length, 1);
    const [row] = world.rejected;
    assert.deepEqual([row?.file, row?.line, row?.column], ['operations.csv', 3, 'amount']);
    assert.match(row!.text, /^O2;A1;/);
  });

  it('loads the rest with skip-bad; what hangs on a bad row is bad too', async () => {
    const company = {
      ...smallCompany,
      customers: smallCompany.customers.with(1, smallCompany.customers[1]!.with(2, 'no phone')),
    };

    const report = await world.load(filesOf(company), true);

    assert.deepEqual(report.loaded, { customers: 1, accounts: 2, operations: 3, messages: 3 });
    assert.deepEqual(
      world.rejected.map(({ file, line, column }) => [file, line, column]),
      [
        ['customers.csv', 3, 'phone'],
        ['accounts.csv', 4, 'contract'],
        ['operations.csv', 5, 'account'],
      ],
    );
  });

  it('refuses the same id with other content, in a file and against the books', async () => {
    const [o1, o2] = smallCompany.operations;
    const doubled = [
      ...smallCompany.operations,
      o1!,
      o1!.with(5, 'other'),
      o2!.with(1, 'A3').with(4, '1.000'),
    ];
    await world.load(filesOf({ ...smallCompany, operations: doubled }), true);
    assert.deepEqual(
      world.rejected.map(({ line, column, reason }) => `${line} ${column} ${reason}`),
      ['7 id stands on line 2 with other content', '8 id stands on line 3 with other content'],
    );
    world.rejected.length = 0;
    const before = await world.content();

    await world.load(
      filesOf({
        customers: [smallCompany.customers[0]!.with(1, 'Renamed')],
        accounts: [smallCompany.accounts[1]!.with(4, 'Renamed')],
        operations: [o1!.with(4, '-1234.51'), o2!.with(2, '2026-01-02T06:00:00.126Z')],
      }),
      true,
    );

    const reason = 'already imported with other content';
    assert.deepEqual(
      world.rejected.map((row) => `${row.file} ${row.line} ${row.column}: ${row.reason}`),
      [
        `customers.csv 2 contract: ${reason}`,
        `accounts.csv 2 number: ${reason}`,
        `operations.csv 2 id: ${reason}`,
        `operations.csv 3 id: ${reason}`,
      ],
    );
    assert.equal(await world.content(), before);
  });

  it('refuses an account of a contract nobody has', async () => {
    await world.load(filesOf({ accounts: [smallCompany.accounts[0]!] }));

    assert.deepEqual(
      world.rejected.map(({ column, reason }) => `${column} ${reason}`),
      ['contract is no contract of these files or the books'],
    );
  });

  it('leaves the books as they were when a file breaks in the middle, and can go on', async () => {
    const before = await world.content();
    const broken = {
      name: 'operations.csv',
      rows: async function* () {
        yield [{ line: 2, cells: smallCompany.operations[0]!, text: '' }];
        throw new FileRefused('operations.csv is not UTF-8');
      },
    };

    await assert.rejects(world.load({ ...filesOf(smallCompany), operations: broken }), FileRefused);

    assert.equal(await world.content(), before);
    assert.equal((await world.load(filesOf(smallCompany))).loaded?.operations, 4);
  });

  it('gives two loads at once one effect', async () => {
    const reports = await Promise.all([
      world.load(filesOf(smallCompany)),
      world.load(filesOf(smallCompany)),
    ]);

    const added = reports.map(({ loaded }) => loaded?.operations);
    assert.deepEqual(added.toSorted(), [0, 4]);
  });

  it('knows which contracts it has', async () => {
    await world.load(filesOf(smallCompany));

    assert.equal(await world.books.hasContract('C1'), true);
    assert.equal(await world.books.hasContract('C9'), false);
  });

  it('reports its steps', async () => {
    await world.load(filesOf(smallCompany));

    assert.deepEqual(world.steps.slice(0, 3), ['read', 'checked', 'customers']);
    assert.equal(world.steps.at(-1), 'messages');
  });
});
