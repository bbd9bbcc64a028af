import type { Customer } from '../../domain/customer.ts';
import type { CustomerId } from '../../domain/ids.ts';

/** Customers as the inside told them. */
export interface CustomerStore {
  /** Takes what the inside says; an older version changes nothing. */
  put(customer: Customer, version: number): Promise<void>;
  find(id: CustomerId): Promise<Customer | undefined>;
  findByContract(contract: string): Promise<Customer | undefined>;
}
