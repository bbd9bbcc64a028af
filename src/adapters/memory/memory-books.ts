import type { CommandOutcome, MoneyCommand } from '../../application/ports/accounting-system.ts';
import type { Books, BooksAccount, Intent, Posting } from '../../application/ports/books.ts';
import {
  lineKey,
  moveRef,
  type ForeignLine,
  type ForeignLineStore,
  type LeftOut,
  type LinePlace,
} from '../../application/ports/foreign-lines.ts';
import type { OutgoingMessage } from '../../application/ports/outbox.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { contentOf, type Entry } from '../../domain/ledger/entry.ts';
import { isSameProof } from '../../domain/ledger/proof.ts';
import { newestFirst, type Operation } from '../../domain/operation.ts';
import type { Instant } from '../../domain/time.ts';

interface Ended {
  readonly content: string;
  readonly result: CommandOutcome | LeftOut;
}

/** The books in maps: the same promises as on PostgreSQL, for tests. */
export class MemoryBooks implements Books, ForeignLineStore {
  /** What was posted, by entry key. */
  readonly entries = new Map<string, Entry>();
  /** What was told, in order. */
  readonly messages: OutgoingMessage[] = [];
  readonly #accounts = new Map<string, BooksAccount>();
  readonly #operations: Operation[] = [];
  readonly #inbox = new Map<string, Ended>();
  readonly #intents = new Map<string, { readonly content: string; readonly entryKey: string }>();
  readonly #marks = new Map<string, Instant>();

  /** Puts an account there to begin with, or as it is from now on. */
  add(account: BooksAccount): void {
    this.#accounts.set(account.account.id, account);
  }

  async intend(command: MoneyCommand, accountId: string, entryKey: string): Promise<Intent> {
    const key = placeOf(command.source, command.idempotencyKey);
    const content = facts(command);
    const kept = this.#intents.get(key) ?? { content, entryKey };
    this.#intents.set(key, kept);
    const ended = this.#inbox.get(key);
    if (kept.content !== content || ended?.result === 'conflict') {
      return { outcome: 'conflict', account: undefined };
    }
    if (ended !== undefined) return { outcome: 'repeated', account: undefined };
    return { outcome: undefined, account: this.#find(accountId, command.customerId) };
  }

  async refuse(command: MoneyCommand): Promise<void> {
    const key = placeOf(command.source, command.idempotencyKey);
    if (this.#inbox.has(key)) return;
    this.#inbox.set(key, { content: facts(command), result: 'conflict' });
  }

  async post(
    command: MoneyCommand,
    accountId: string,
    decide: (account: BooksAccount | undefined) => Posting,
  ): Promise<CommandOutcome> {
    const key = placeOf(command.source, command.idempotencyKey);
    const content = facts(command);
    const before = this.#inbox.get(key);
    if (before !== undefined) {
      const isSame = before.content === content && before.result !== 'conflict';
      return isSame ? 'repeated' : 'conflict';
    }
    const result = this.#save(decide(this.#find(accountId, command.customerId)));
    this.#inbox.set(key, { content, result });
    return result;
  }

  async readAccount(accountId: string, customer: CustomerId, limit: number) {
    const found = this.#find(accountId, customer);
    if (found === undefined) return undefined;
    const operations = this.#operations
      .filter((operation) => operation.accountId === accountId)
      .toSorted(newestFirst)
      .slice(0, limit);
    return { account: found.account, operations };
  }

  async mark(source: string): Promise<Instant | undefined> {
    return this.#marks.get(source);
  }

  async moveMark(source: string, to: Instant): Promise<void> {
    const before = this.#marks.get(source);
    if (before === undefined || to > before) this.#marks.set(source, to);
  }

  async leaveOut(
    source: string,
    lines: readonly { readonly id: string; readonly why: LeftOut }[],
    mark?: Instant,
  ): Promise<void> {
    for (const { id, why } of lines) {
      const key = placeOf(source, lineKey(id));
      if (!this.#inbox.has(key)) this.#inbox.set(key, { content: '', result: why });
    }
    if (mark !== undefined) await this.moveMark(source, mark);
  }

  async place(
    source: string,
    lines: readonly ForeignLine[],
  ): Promise<ReadonlyMap<string, LinePlace>> {
    return new Map(lines.map((line) => [line.id, this.#placeOf(source, line)]));
  }

  #placeOf(source: string, { id, key, move, account: number }: ForeignLine): LinePlace {
    if (this.#inbox.has(placeOf(source, lineKey(id)))) return { tag: 'known' };
    const entry = key === undefined ? undefined : this.entries.get(key);
    if (entry !== undefined) {
      const { proof } = entry;
      if (proof?.provider !== source || proof.ref === moveRef(move)) return { tag: 'ours' };
    } else {
      const open = [...this.#intents].some(
        ([command, { entryKey }]) => entryKey === key && !this.#inbox.has(command),
      );
      if (open) return { tag: 'pending' };
    }
    const found = [...this.#accounts.values()].find(({ account }) => account.number === number);
    if (found === undefined) return { tag: 'nobodys' };
    const { customerId, id: accountId, balance } = found.account;
    const { isClosed } = found;
    return { tag: 'of', customerId, accountId, currency: balance.currency, isClosed };
  }

  #save({ entry, change }: Posting): CommandOutcome {
    const known = this.entries.get(entry.key);
    if (known !== undefined) {
      return contentOf(known.postings) === contentOf(entry.postings) ? 'repeated' : 'conflict';
    }
    if ([...this.entries.values()].some((other) => isSameProof(other, entry))) return 'conflict';
    this.entries.set(entry.key, entry);
    if (change === undefined) return 'posted';
    const before = this.#accounts.get(change.account.id);
    if (before !== undefined) this.add({ ...before, account: change.account });
    this.#operations.push(change.operation);
    this.messages.push(change.message);
    return 'posted';
  }

  #find(accountId: string, customer: CustomerId): BooksAccount | undefined {
    const found = this.#accounts.get(accountId);
    return found?.account.customerId === customer ? found : undefined;
  }
}

const placeOf = (source: string, key: string): string => JSON.stringify([source, key]);
const facts = ({ customerId, requestHash }: MoneyCommand): string =>
  JSON.stringify([customerId, requestHash]);
