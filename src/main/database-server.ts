import { startEmbeddedPostgres } from '../adapters/postgres/embedded-server.ts';
import { runningEmbeddedUrl } from '../adapters/postgres/embedded-running.ts';
import {
  databaseUrl,
  embeddedDatabaseUrl,
  embeddedDirectory,
  type DatabaseName,
} from './database-urls.ts';
import type { Started } from './running.ts';

/**
 * Finds a program's database for a command: the server of DATABASE_URL, else the embedded one that `npm start` has
 * running, else the embedded one started for as long as the command runs.
 */
export async function openDatabaseUrl(name: DatabaseName, started: Started): Promise<string> {
  const given = databaseUrl(process.env, name);
  if (given !== undefined) return given;
  const directory = embeddedDirectory(process.env);
  const running = runningEmbeddedUrl(directory);
  if (running !== undefined) return embeddedDatabaseUrl(running, name);
  const server = await startEmbeddedPostgres({ directory, durable: true });
  started.add(() => server.stop());
  return embeddedDatabaseUrl(server.url, name);
}
