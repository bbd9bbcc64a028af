import { isCurrency } from '../../domain/currency.ts';
import type { AccountId, CustomerId, OperationId, PaymentId } from '../../domain/ids.ts';
import { invariant } from '../../domain/invariant.ts';
import { money, type Money } from '../../domain/money.ts';
import { isOperationKind, type Operation } from '../../domain/operation.ts';
import { isPhoneNumber } from '../../domain/phone-number.ts';
import { parseDay, parseInstant, type Instant } from '../../domain/time.ts';
import type { AccountChange, AccountStore } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { CustomerStore } from '../ports/customer-store.ts';
import type {
  AccountChanged,
  CustomerChanged,
  MoneyMessage,
  OperationMessage,
} from '../ports/inside-messages.ts';

/** Takes what the inside says of a customer. */
export const takeCustomerChanged =
  (customers: CustomerStore) =>
  async (event: CustomerChanged): Promise<void> => {
    const { customerId, contract, name, phone, email, locale, version } = event;
    invariant(isPhoneNumber(phone), `customer ${customerId} came with a phone that is none`);
    const id = customerId as CustomerId;
    await customers.put({ id, contract, name, phone, email, locale }, version);
  };

/** Takes an account's new figures and operations; an event told twice changes nothing. */
export const takeAccountChanged =
  (accounts: AccountStore, clock: Clock) =>
  async (event: AccountChanged): Promise<void> => {
    await accounts.take(readAccountChanged(event), clock.now());
  };

/** Reads the message in our own words; its schema was checked where it came in. */
export function readAccountChanged(event: AccountChanged): AccountChange {
  const openedOn = parseDay(event.openedOn);
  invariant(openedOn !== undefined, `account ${event.accountId} opened on no day`);
  const account = {
    id: event.accountId as AccountId,
    customerId: event.customerId as CustomerId,
    number: event.number,
    title: event.title,
    balance: readMoney(event.balance),
    openedOn,
    asOf: readInstant(event.asOf),
    version: event.version,
  };
  return { account, operations: event.operations.map((one) => readOperation(one, account.id)) };
}

function readOperation(message: OperationMessage, accountId: AccountId): Operation {
  invariant(isOperationKind(message.kind), `operation ${message.id} is of no kind we know`);
  return {
    id: message.id as OperationId,
    accountId,
    postedAt: readInstant(message.postedAt),
    kind: message.kind,
    amount: readMoney(message.amount),
    description: message.description,
    counterparty: message.counterparty,
    paymentId: message.paymentId as PaymentId | undefined,
  };
}

function readMoney({ minor, currency }: MoneyMessage): Money {
  invariant(isCurrency(currency), `${currency} is no currency of ours`);
  return money(BigInt(minor), currency);
}

function readInstant(text: string): Instant {
  const at = parseInstant(text);
  invariant(at !== undefined, `${text} is no time`);
  return at;
}
