import type {
  AccountRow,
  CompanyFile,
  CustomerRow,
  OperationRow,
} from '../../domain/company-file.ts';
import type { Currency } from '../../domain/currency.ts';
import type { LedgerAccountId } from '../../domain/ledger/entry.ts';
import type { Instant } from '../../domain/time.ts';

/** A row as it stands in a file: where it begins, its cells in the order of `companyColumns`, and its text. */
export interface RawRow {
  /** Counted from 1; the header is a line too. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly text: string;
}

/** One file of a company's, read in chunks so that any size fits. */
export interface RowSource {
  readonly name: string;
  rows(): AsyncIterable<readonly RawRow[]>;
}

/** A file that cannot be read as what it should be: nothing of it is taken. The message is a sentence for people. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
}

/** A row that fits its file's rules, on its way into the books. */
export interface Staged<Row> {
  readonly line: number;
  readonly text: string;
  readonly row: Row;
}
/**
 * An operation, the key of the double entry it becomes and the account on its other side. Its own side is split by
 * debt and prepayment as the account stands when its turn comes.
 */
export interface OperationToPost extends OperationRow {
  readonly key: string;
  readonly contra: LedgerAccountId;
}

/** A row refused for what other rows or the books hold. */
export interface Misfit {
  readonly file: CompanyFile;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  readonly text: string;
}

export interface LoadCounts {
  readonly customers: number;
  readonly accounts: number;
  readonly operations: number;
  readonly messages: number;
}

/**
 * A company's files on their way into the books. Stage customers, accounts and operations in this order, then ask for
 * the misfits, which are left out, then post.
 */
export interface CompanyLoad {
  stageCustomers(rows: AsyncIterable<readonly Staged<CustomerRow>[]>): Promise<void>;
  stageAccounts(rows: AsyncIterable<readonly Staged<AccountRow>[]>): Promise<void>;
  stageOperations(rows: AsyncIterable<readonly Staged<OperationToPost>[]>): Promise<void>;
  /** The currency of every account of the books and of the staged ones, by account number. */
  currencies(): Promise<ReadonlyMap<string, Currency>>;
  misfits(): AsyncIterable<readonly Misfit[]>;
  /** Writes everything that is new, with the messages that tell of it. What is there already counts as nothing. */
  post(now: Instant, step: (done: string) => void): Promise<LoadCounts>;
}

/**
 * The books as a company's files are loaded into them. Promises, proved by test/contracts/company-books.test.ts:
 * - all of a load is committed, or nothing when `work` throws or answers `keep: false`;
 * - a load repeated adds nothing and tells nobody;
 * - the same id with other content is a misfit, never a change.
 */
export interface CompanyBooks {
  load<Answer extends { readonly keep: boolean }>(
    work: (load: CompanyLoad) => Promise<Answer>,
  ): Promise<Answer>;
  hasContract(contract: string): Promise<boolean>;
}
