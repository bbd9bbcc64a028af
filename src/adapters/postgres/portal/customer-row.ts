import type { Customer } from '../../../domain/customer.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { Locale } from '../../../domain/locale.ts';
import type { PhoneNumber } from '../../../domain/phone-number.ts';

/** A customer as the database keeps it. */
export interface CustomerRow {
  readonly id: string;
  readonly contract: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
  readonly locale: string;
}

/** Reads a row; the table's checks have seen to the rest. */
export const toCustomer = (row: CustomerRow): Customer => ({
  id: row.id as CustomerId,
  contract: row.contract,
  name: row.name,
  phone: row.phone as PhoneNumber,
  email: row.email ?? undefined,
  locale: row.locale as Locale,
});
