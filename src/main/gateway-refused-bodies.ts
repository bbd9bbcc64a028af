import { join } from 'node:path';
import type pg from 'pg';
import { PostgresRefusedBodyStore } from '../adapters/postgres/gateway/postgres-refused-body-store.ts';
import { bodyLock } from '../adapters/system/body-lock.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { loadMasterKey } from '../adapters/system/master-key.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { type BodyKeeper, keepRefusedBodies } from '../application/gateway/keep-refused-bodies.ts';
import type { BodyLock } from '../application/ports/refused-body-store.ts';
import { day, later, second } from '../domain/time.ts';
import { loop } from './loop.ts';
import type { Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

export const evidenceKeyFile = 'gateway-evidence.key';
const keptMs = 30 * day;

/** What refused bodies are locked with: a key of its own, so that who reads them need not have another. */
export const refusedBodyLock = (keysDirectory: string): BodyLock =>
  bodyLock(loadMasterKey(join(keysDirectory, evidenceKeyFile), {}));

/** Keeps the bodies of messages that were refused at first sight, for a month. */
export function startBodyKeeping(
  around: Surroundings,
  pool: pg.Pool,
  started: Started,
): Pick<BodyKeeper, 'keep'> {
  const report = reporter(around, 'gateway');
  const store = new PostgresRefusedBodyStore(pool);
  const lock = refusedBodyLock(around.config.keysDirectory);
  const { keep, flush } = keepRefusedBodies(store, lock, cryptoRandomness(), systemClock);
  const write = () => flush().then(() => false);
  const forget = () => store.forgetBefore(later(systemClock.now(), -keptMs)).then(() => false);
  const writing = loop(write, second, report);
  const forgetting = loop(forget, day, report);
  started.add(async () => {
    await Promise.all([writing.stop(), forgetting.stop()]);
    await flush();
  });
  return { keep };
}
