import type { Knex } from 'knex';
import { raw } from 'objection';
import type { CustomerStore } from '../../../application/ports/customer-store.ts';
import type { Customer } from '../../../domain/customer.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import { toCustomer } from './customer-row.ts';
import { CustomerModel } from './models.ts';

/** Customers in PostgreSQL, by Objection. */
export class PostgresCustomerStore implements CustomerStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async put(customer: Customer, version: number): Promise<void> {
    const { id, contract, name, phone, locale } = customer;
    const email = customer.email ?? null;
    await CustomerModel.query(this.#knex)
      .insert({ id, contract, name, phone, email, locale, version: BigInt(version) })
      .onConflict('id')
      .merge()
      .where(raw('customer.version < excluded.version'));
  }

  async find(id: CustomerId): Promise<Customer | undefined> {
    const row = await CustomerModel.query(this.#knex).findById(id);
    return row === undefined ? undefined : toCustomer(row);
  }

  async findByContract(contract: string): Promise<Customer | undefined> {
    const row = await CustomerModel.query(this.#knex).findOne({ contract });
    return row === undefined ? undefined : toCustomer(row);
  }
}
