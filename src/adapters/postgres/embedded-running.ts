import { databaseUser } from './embedded-cluster.ts';
import { accountForPostgres } from './embedded-account.ts';
import { findPlace, passwordOf } from './embedded-place.ts';
import { findPostmaster } from './embedded-postmaster.ts';

/** The address of the embedded server that runs on this directory now, whoever started it; undefined if none does. */
export function runningEmbeddedUrl(directory: string): string | undefined {
  const place = findPlace(directory);
  const postmaster = place === undefined ? undefined : findPostmaster(place.cluster);
  if (place === undefined || postmaster === undefined) return undefined;

  const password = passwordOf(place, accountForPostgres());
  return `postgres://${databaseUser}:${password}@127.0.0.1:${String(postmaster.port)}/postgres`;
}
