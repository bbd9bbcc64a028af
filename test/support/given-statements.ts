import type { Company } from '../../src/application/ports/receipt-printer.ts';
import type { OperationsView, StatementView } from '../../src/application/ports/statement-files.ts';
import type { Currency } from '../../src/domain/currency.ts';
import { money } from '../../src/domain/money.ts';
import type { Operation, OperationKind } from '../../src/domain/operation.ts';
import type { Statement, StatementPeriod } from '../../src/domain/statement.ts';
import { day, instant, type Instant } from '../../src/domain/time.ts';
import { givenAccount, givenCustomer, givenOperation, idOf } from './given.ts';

export const statementCompany: Company = {
  name: 'Тёплый дом',
  legalName: 'ООО «Управляющая компания „Тёплый дом“»',
  taxNumber: '7701234567',
  address: '101000, Москва, ул. Мясницкая, д. 1',
  support: '+7 495 000-00-00',
  timeZone: 'Europe/Moscow',
};
export const madeAt: Instant = instant(Date.UTC(2026, 10, 28, 11, 3, 5));
const period = { from: '2026-10-01', to: '2026-10-31' } as StatementPeriod;

const anna = givenCustomer({ id: idOf(1), contract: '7000001', name: 'Петрова Анна Сергеевна' });

/** A statement whose sums fit its operations. */
export function givenStatement(
  operations: readonly Operation[],
  currency: Currency = 'RUB',
  opening = -50_000n,
): Statement {
  const sumOf = (some: readonly Operation[]): bigint =>
    some.reduce((total, { amount }) => total + amount.minor, 0n);
  const received = sumOf(operations.filter(({ amount }) => amount.minor > 0n));
  const spent = -sumOf(operations.filter(({ amount }) => amount.minor < 0n));
  const closing = money(opening + received - spent, currency);
  return {
    account: givenAccount(anna, {
      id: idOf(2),
      balance: closing,
      number: '40817-001',
      title: 'Квартира',
      asOf: instant(madeAt - 65_000),
    }),
    period,
    opening: money(opening, currency),
    received: money(received, currency),
    spent: money(spent, currency),
    closing,
    operations,
  };
}

const account = givenAccount(anna, { id: idOf(2) });
export const statementLine = (
  n: number,
  minor: bigint,
  facts: Partial<Operation> & { readonly currency?: Currency } = {},
): Operation => {
  const { currency = 'RUB', ...rest } = facts;
  const kind: OperationKind = minor > 0n ? 'payment' : 'charge';
  return givenOperation(account, {
    id: idOf(100 + n),
    postedAt: instant(Date.UTC(2026, 9, 1, 9, 15, 7) + Math.floor((n * 30 * day) / 3_000)),
    kind,
    amount: money(minor, currency),
    description: minor > 0n ? 'Оплата банковской картой' : 'Начислено за содержание жилья',
    counterparty: minor > 0n ? undefined : 'ООО «Ромашка»',
    ...rest,
  });
};

export const statementView = (
  statement: Statement = givenStatement([
    statementLine(0, -173_450n),
    statementLine(900, 150_000n),
    statementLine(2_900, -1_025n, { kind: 'penalty', description: 'Пени за октябрь' }),
  ]),
): StatementView => ({
  company: statementCompany,
  holder: { name: anna.name, contract: anna.contract },
  statement,
  madeAt,
});

export const operationsView = (
  operations: readonly Operation[],
  facts: Partial<OperationsView> = {},
): OperationsView => ({
  company: statementCompany,
  account: givenStatement(operations).account,
  filter: {},
  operations,
  madeAt,
  ...facts,
});
