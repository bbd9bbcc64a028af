import type { AutoPayStore } from '../../application/ports/autopay-store.ts';
import type { OutgoingMessage } from '../../application/ports/outbox.ts';
import { nextAutoPayLook, type AutoPay } from '../../domain/autopay.ts';
import type { AccountId, ConsentId, CustomerId, SavedMethodId } from '../../domain/ids.ts';
import { later, type Instant } from '../../domain/time.ts';
import type { MemoryOutbox } from './memory-outbox.ts';

interface Consent {
  readonly words: string;
  readonly agreedAt: Instant;
  readonly endedAt?: Instant;
}

/** Auto-pay in maps; steps and their messages change together. */
export class MemoryAutoPayStore implements AutoPayStore {
  readonly consents = new Map<ConsentId, Consent>();
  readonly #byAccount = new Map<AccountId, { autopay: AutoPay; nextAt: Instant }>();
  readonly #outbox: MemoryOutbox;

  constructor(outbox: MemoryOutbox) {
    this.#outbox = outbox;
  }

  async list(customer: CustomerId): Promise<AutoPay[]> {
    return [...this.#byAccount.values()]
      .map(({ autopay }) => autopay)
      .filter(({ customerId }) => customerId === customer)
      .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  }

  async find(account: AccountId, customer: CustomerId): Promise<AutoPay | undefined> {
    const found = this.#byAccount.get(account)?.autopay;
    return found?.customerId === customer ? found : undefined;
  }

  async agree(autopay: AutoPay, words: string, now: Instant): Promise<void> {
    this.#end(autopay.accountId, autopay.customerId, now);
    this.consents.set(autopay.consentId, { words, agreedAt: now });
    this.#byAccount.set(autopay.accountId, { autopay, nextAt: nextAutoPayLook(autopay) });
  }

  async stop(account: AccountId, customer: CustomerId, now: Instant): Promise<boolean> {
    return this.#end(account, customer, now);
  }

  async stopBy(method: SavedMethodId, customer: CustomerId, now: Instant): Promise<void> {
    for (const { savedMethod, accountId } of await this.list(customer)) {
      if (savedMethod === method) this.#end(accountId, customer, now);
    }
  }

  async takeDue(now: Instant, limit: number, leaseMs: number): Promise<AutoPay[]> {
    const due = [...this.#byAccount.values()]
      .filter(({ nextAt }) => nextAt <= now)
      .toSorted((a, b) => a.nextAt - b.nextAt)
      .slice(0, limit);
    for (const kept of due) kept.nextAt = later(now, leaseMs);
    return due.map(({ autopay }) => autopay);
  }

  async save(autopay: AutoPay, message?: OutgoingMessage): Promise<boolean> {
    const kept = this.#byAccount.get(autopay.accountId);
    if (kept?.autopay.consentId !== autopay.consentId) return false;
    this.#byAccount.set(autopay.accountId, { autopay, nextAt: nextAutoPayLook(autopay) });
    if (message !== undefined) this.#outbox.save(message);
    return true;
  }

  #end(account: AccountId, customer: CustomerId, now: Instant): boolean {
    const found = this.#byAccount.get(account)?.autopay;
    if (found?.customerId !== customer) return false;
    const consent = this.consents.get(found.consentId);
    if (consent !== undefined) this.consents.set(found.consentId, { ...consent, endedAt: now });
    return this.#byAccount.delete(account);
  }
}
