import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  companyColumns,
  readAccountRow,
  readCustomerRow,
  readOperationRow,
} from '../../src/domain/company-file.ts';
import { currencies, exponentOf, type Currency } from '../../src/domain/currency.ts';
import { decimalText } from '../../src/domain/money.ts';
import { operationKinds } from '../../src/domain/operation.ts';
import { isPhoneNumber } from '../../src/domain/phone-number.ts';
import { ok, refused } from '../../src/domain/result.ts';
import { isoText } from '../../src/domain/time.ts';
import { anyCurrency, anyDay, anyInstant, anyMoney } from '../support/any.ts';

const readCustomer = readCustomerRow((text) => (isPhoneNumber(text) ? text : undefined));
const readRouble = readOperationRow(() => 'RUB');

const customer = ['7000001', 'Анна', '+79990000001', 'anna@example.org', 'ru'];
const account = ['7000001-1', '7000001', 'RUB', '2024-02-29', 'Квартира'];
const operation = [
  'OP-1',
  '7000001-1',
  '2026-01-31T09:30:00+03:00',
  'charge',
  '-10.05',
  'Вода',
  '',
];

const anyKey = fc.stringMatching(/^[A-Za-zА-я0-9][A-Za-zА-я0-9 /-]{0,20}[A-Za-zА-я0-9]$/);
const anyText = fc.stringMatching(/^[A-Za-zА-я«»"',.№0-9][A-Za-zА-я«»"',.\n\t№0-9 -]{0,80}$/);

describe('A row of a company’s file', () => {
  it('of an operation gives back exactly the amount that was written', () => {
    const line = fc.tuple(
      anyKey,
      anyMoney(),
      anyInstant,
      fc.constantFrom(...operationKinds),
      anyText,
    );
    fc.assert(
      fc.property(line, ([id, amount, postedAt, kind, description]) => {
        fc.pre(amount.minor !== 0n);
        const cells = [
          id,
          'A',
          isoText(postedAt),
          kind,
          decimalText(amount),
          description,
          description,
        ];
        const row = readOperationRow(() => amount.currency)(cells);

        const expected = { id, account: 'A', postedAt, kind, amount, description };
        assert.deepEqual(row, ok({ ...expected, counterparty: description }));
      }),
    );
  });

  it('of an operation is refused for any other number of decimals than the currency has', () => {
    fc.assert(
      fc.property(anyCurrency, fc.nat(6), (currency, digits) => {
        fc.pre(digits !== exponentOf(currency) && digits !== 0);
        const cells = operation.with(4, `-10.${'5'.repeat(digits)}`);

        assertRefused(readOperationRow(() => currency)(cells), 'amount');
      }),
    );
  });

  it('of an account keeps what was written', () => {
    fc.assert(
      fc.property(anyKey, anyKey, anyCurrency, anyDay, (number, contract, currency, openedOn) => {
        const row = readAccountRow([number, contract, currency, openedOn, 'Дом, "дача"']);

        assert.deepEqual(row, ok({ number, contract, currency, openedOn, title: 'Дом, "дача"' }));
      }),
    );
  });

  it('of a customer keeps what was written, and an absent e-mail stays absent', () => {
    const facts = { contract: '7000001', name: 'Анна', phone: '+79990000001', locale: 'ru' };
    assert.deepEqual(readCustomer(customer), ok({ ...facts, email: 'anna@example.org' }));
    assert.deepEqual(readCustomer(customer.with(3, '')), ok({ ...facts, email: undefined }));
  });

  it('never throws, whatever stands in it', () => {
    const anyCells = fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 9 });
    fc.assert(
      fc.property(anyCells, (cells) => {
        for (const read of [readCustomer, readAccountRow, readRouble]) {
          assert.equal(typeof read(cells).ok, 'boolean');
        }
      }),
    );
  });

  const bad: readonly [string, readonly string[], string | undefined][] = [
    ['customers', customer.slice(1), undefined],
    ['customers', [...customer, 'x'], undefined],
    ['customers', customer.with(0, ''), 'contract'],
    ['customers', customer.with(0, ' 7000001'), 'contract'],
    ['customers', customer.with(0, '7'.repeat(33)), 'contract'],
    ['customers', customer.with(1, ' '), 'name'],
    ['customers', customer.with(1, 'А\u0000нна'), 'name'],
    ['customers', customer.with(2, 'call me'), 'phone'],
    ['customers', customer.with(3, 'anna at home'), 'email'],
    ['customers', customer.with(4, 'de'), 'locale'],
    ['accounts', account.slice(1), undefined],
    ['accounts', account.with(0, 'a\nb'), 'number'],
    ['accounts', account.with(2, 'rub'), 'currency'],
    ['accounts', account.with(2, 'XXX'), 'currency'],
    ['accounts', account.with(3, '2025-02-29'), 'opened_on'],
    ['accounts', account.with(3, '29.02.2024'), 'opened_on'],
    ['accounts', account.with(4, 'я'.repeat(101)), 'title'],
    ['operations', operation.slice(1), undefined],
    ['operations', operation.with(0, ''), 'id'],
    ['operations', operation.with(2, '2026-01-31 09:30:00'), 'posted_at'],
    ['operations', operation.with(2, '2026-01-31'), 'posted_at'],
    ['operations', operation.with(2, '0026-01-31T09:30:00Z'), 'posted_at'],
    ['operations', operation.with(3, 'bill'), 'kind'],
    ['operations', operation.with(4, '0.00'), 'amount'],
    ['operations', operation.with(4, '+5.00'), 'amount'],
    ['operations', operation.with(4, '5,00'), 'amount'],
    ['operations', operation.with(4, '1 000.00'), 'amount'],
    ['operations', operation.with(4, '1e3'), 'amount'],
    ['operations', operation.with(4, ''), 'amount'],
    ['operations', operation.with(5, ''), 'description'],
    ['operations', operation.with(6, 'я'.repeat(201)), 'counterparty'],
  ];
  const readers = { customers: readCustomer, accounts: readAccountRow, operations: readRouble };
  for (const [file, cells, column] of bad) {
    it(`of ${file} is refused: ${JSON.stringify(cells).slice(0, 90)}`, () => {
      assertRefused(readers[file as keyof typeof readers](cells), column);
    });
  }

  it('of an operation is refused for an account nobody knows', () => {
    assert.deepEqual(
      readOperationRow(() => undefined)(operation),
      refused({ column: 'account', reason: 'is no account of these files or the books' }),
    );
  });

  it('tells how an amount must look, for every currency', () => {
    const reason = (currency: Currency) => {
      const row = readOperationRow(() => currency)(operation.with(4, 'x'));
      return row.ok ? '' : row.refusal.reason;
    };

    assert.match(reason('RUB'), /like -1250\.50: RUB has 2 digits/);
    assert.match(reason('JPY'), /like -1250: JPY has 0 digits/);
    for (const currency of currencies) assert.match(reason(currency), new RegExp(currency));
  });

  it('has as many cells as its file has columns', () => {
    assert.equal(companyColumns.customers.length, customer.length);
    assert.equal(companyColumns.accounts.length, account.length);
    assert.equal(companyColumns.operations.length, operation.length);
  });
});

function assertRefused(
  row: { ok: true } | { ok: false; refusal: { column: string | undefined; reason: string } },
  column: string | undefined,
) {
  assert.ok(!row.ok, 'the row was taken');
  assert.equal(row.refusal.column, column);
  assert.notEqual(row.refusal.reason, '');
}
