import type { Migration } from '../migrate-database.ts';
import { books } from './migrations/20261122-books.ts';

/** What the books' database goes through, oldest first. */
export const booksMigrations: readonly Migration[] = [books];
