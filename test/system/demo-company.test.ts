import assert from 'node:assert/strict';
import { demoCompany, loadDemoCompany } from '../../src/main/demo-company.ts';
import { importCompany } from '../../src/application/accounting/import-company.ts';
import { readPhone } from '../../src/adapters/books/phone-in-file.ts';
import { demoCustomers } from '../../src/main/demo-customers.ts';
import { day, hour, instant, later } from '../../src/domain/time.ts';
import { companyWorld, importedAt, type CompanyWorld } from '../support/given-company.ts';

describe('The demo company', () => {
  let world: CompanyWorld;
  beforeEach(async () => {
    world = await companyWorld();
  });
  afterEach(() => world.close());

  it('has two customers with two accounts and forty operations over fourteen months each', async () => {
    await world.load(demoCompany(importedAt));

    assert.deepEqual(world.rejected, []);
    const { rows } = await world.pool.query(`
      SELECT c.contract, c.phone, count(*)::int AS operations,
        count(DISTINCT o.account_id)::int AS accounts,
        count(DISTINCT date_trunc('month', o.posted_at)) FILTER (WHERE o.kind = 'charge')::int AS months
      FROM customer c JOIN operation o ON o.customer_id = c.id
      GROUP BY c.contract, c.phone ORDER BY c.contract`);
    assert.deepEqual(
      rows,
      demoCustomers.map((one) => ({ ...one, operations: 40, accounts: 2, months: 14 })),
    );
    const balances = await world.pool.query<{ number: string; balance: bigint }>(
      'SELECT number, balance FROM account ORDER BY number',
    );
    assert.deepEqual(
      balances.rows.map(({ number, balance }) => [number, balance]),
      [
        ['7000001-1', -123_450n],
        ['7000001-2', 0n],
        ['7000002-1', -81_520n],
        ['7000002-2', 0n],
      ],
    );
  });

  it('lies in the past on any day of the year, the first of a month too', async () => {
    for (let n = 0; n < 366; n += 1) {
      const now = later(instant(Date.UTC(2024, 0, 1)), n * day + hour);
      for await (const rows of demoCompany(now).operations!.rows()) {
        assert.ok(rows.every(({ cells }) => Date.parse(cells[2]!) < now));
      }
    }
  });

  it('is loaded once, whenever it is asked for again', async () => {
    const importFiles = importCompany(world.books, readPhone, { now: () => importedAt });

    assert.equal(await loadDemoCompany(world.books, importFiles, importedAt), true);
    const before = await world.content();
    assert.equal(
      await loadDemoCompany(world.books, importFiles, later(importedAt, 90 * day)),
      false,
    );

    assert.equal(await world.content(), before);
  });
});
