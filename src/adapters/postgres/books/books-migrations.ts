import type { Migration } from '../migrate-database.ts';
import { books } from './migrations/20261122-books.ts';
import { ledger } from './migrations/20261128-ledger.ts';
import { foreignLines } from './migrations/20261128-foreign-lines.ts';
import { accountClosing } from './migrations/20261129-account-closing.ts';
import { captureProof } from './migrations/20261129-capture-proof.ts';
import { tolerances } from './migrations/20261129-tolerance.ts';
import { postingIntents } from './migrations/20261128-posting-intents.ts';

/** What the books' database goes through, oldest first. */
export const booksMigrations: readonly Migration[] = [
  books,
  ledger,
  postingIntents,
  foreignLines,
  tolerances,
  captureProof,
  accountClosing,
];
