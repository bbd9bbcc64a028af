import type { CustomerId } from './ids.ts';
import type { Locale } from './locale.ts';
import type { PhoneNumber } from './phone-number.ts';

/** A person or firm under contract, as the inside told it. */
export interface Customer {
  readonly id: CustomerId;
  readonly contract: string;
  readonly name: string;
  readonly phone: PhoneNumber;
  readonly email: string | undefined;
  readonly locale: Locale;
}
