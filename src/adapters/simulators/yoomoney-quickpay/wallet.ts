import { BoundedMap } from '../bounded-map.ts';
import type { Timers } from '../timers.ts';
import { operationNumber, type Transfer } from './transfer.ts';
import type { WalletForm } from './wallet-form.ts';

const TRANSFER_LIMIT = 10_000;

/** The simulated wallet: its newest 10 000 transfers. A label is the payer's word: several may have the same. */
export class Wallet {
  readonly #timers: Timers;
  readonly #transfers = new BoundedMap<string, Transfer>(TRANSFER_LIMIT);
  #serial = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  open(form: WalletForm): Transfer {
    const number = this.#next();
    const transfer: Transfer = {
      ...form,
      id: `q${number}`,
      createdAt: this.#timers.now(),
      status: 'open',
      debited: form.sumMinor,
      operationId: undefined,
      paidAt: undefined,
    };
    this.#transfers.set(transfer.id, transfer);
    return transfer;
  }

  /** Debits the payer, another sum than the form's if so said. */
  pay(transfer: Transfer, debited = transfer.sumMinor): void {
    transfer.status = 'paid';
    transfer.debited = debited;
    transfer.operationId ??= this.#next();
    transfer.paidAt ??= this.#timers.now();
  }

  /** Named, but not credited: the receiver's wallet is full. */
  leaveUnaccepted(transfer: Transfer, debited = transfer.sumMinor): void {
    this.pay(transfer, debited);
    transfer.status = 'unaccepted';
  }

  withId(id: string): Transfer | undefined {
    return this.#transfers.get(id);
  }

  /** Newest first. */
  labelled(label: string): Transfer[] {
    return this.transfers().filter((each) => each.label === label);
  }

  transfers(): Transfer[] {
    return this.#transfers.newestFirst();
  }

  #next(): string {
    this.#serial += 1;
    return operationNumber(this.#timers.now(), this.#serial);
  }
}
