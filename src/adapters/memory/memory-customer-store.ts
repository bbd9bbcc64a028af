import type { CustomerStore } from '../../application/ports/customer-store.ts';
import type { Customer } from '../../domain/customer.ts';
import type { CustomerId } from '../../domain/ids.ts';

/** Customers in a map. */
export class MemoryCustomerStore implements CustomerStore {
  readonly #customers = new Map<
    CustomerId,
    { readonly customer: Customer; readonly version: number }
  >();

  async put(customer: Customer, version: number): Promise<void> {
    const known = this.#customers.get(customer.id);
    if (known !== undefined && known.version >= version) return;
    const holder = this.#byContract(customer.contract);
    if (holder !== undefined && holder.id !== customer.id) {
      throw new Error(`contract ${customer.contract} belongs to another customer`);
    }
    this.#customers.set(customer.id, { customer, version });
  }

  async find(id: CustomerId): Promise<Customer | undefined> {
    return this.get(id);
  }

  async findByContract(contract: string): Promise<Customer | undefined> {
    return this.#byContract(contract);
  }

  /** The same at once, for the other memory stores. */
  get(id: CustomerId): Customer | undefined {
    return this.#customers.get(id)?.customer;
  }

  #byContract(contract: string): Customer | undefined {
    return [...this.#customers.values()].find(({ customer }) => customer.contract === contract)
      ?.customer;
  }
}
