import type {
  AccountJson,
  OperationJson,
} from '../../../src/adapters/http/contract/account-json.ts';

interface OperationWish {
  readonly id: string;
  readonly postedAt: string;
  readonly minor?: string;
}

/** An operation of which only what is given matters. */
export const givenOperation = ({ id, postedAt, minor = '100' }: OperationWish): OperationJson => ({
  id,
  accountId: 'account',
  postedAt,
  kind: 'payment',
  amount: { minor, currency: 'RUB' },
  description: 'Оплата',
});

export const givenAccount = (id: string, asOf: string, minor = '0'): AccountJson => ({
  id,
  number: '7000001-1',
  title: 'Квартира',
  balance: { minor, currency: 'RUB' },
  due: { minor: '0', currency: 'RUB' },
  openedOn: '2025-09-01',
  asOf,
});
