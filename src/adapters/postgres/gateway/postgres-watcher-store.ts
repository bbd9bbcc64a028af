import type pg from 'pg';
import type {
  SignedInWatcher,
  WatcherCredential,
  WatcherStore,
} from '../../../application/ports/watcher-store.ts';
import type { Watcher, WatcherSession } from '../../../domain/protection/watcher.ts';
import { isoText, type Instant } from '../../../domain/time.ts';
import { ask } from './ask.ts';

/** The watchers and their sessions in the gateway's database. Every change is one statement. */
export class PostgresWatcherStore implements WatcherStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async add({
    watcher,
    passwordHash,
    sealedSecret,
  }: WatcherCredential): Promise<'added' | 'login-taken'> {
    const { id, login, name, isActive } = watcher;
    const { rowCount } = await ask(this.#pool, {
      text: `INSERT INTO console_person (id, login, name, password_hash, sealed_secret, is_active)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (login) DO NOTHING`,
      values: [id, login, name, passwordHash, sealedSecret, isActive],
    });
    return rowCount === 1 ? 'added' : 'login-taken';
  }

  async disable(login: string): Promise<boolean> {
    const { rowCount } = await ask(this.#pool, {
      text: `WITH person AS (
          UPDATE console_person SET is_active = false WHERE login = $1 RETURNING id
        ), ended AS (
          DELETE FROM console_session WHERE person_id IN (SELECT id FROM person)
        )
        SELECT id FROM person`,
      values: [login],
    });
    return rowCount === 1;
  }

  async list(): Promise<Watcher[]> {
    const { rows } = await ask<PersonRow>(this.#pool, {
      text: 'SELECT * FROM console_person ORDER BY login',
    });
    return rows.map(toWatcher);
  }

  async findCredential(login: string): Promise<WatcherCredential | undefined> {
    const { rows } = await ask<PersonRow>(this.#pool, {
      text: 'SELECT * FROM console_person WHERE login = $1 AND is_active',
      values: [login],
    });
    const row = rows[0];
    if (row === undefined) return undefined;
    const { password_hash: passwordHash, sealed_secret: sealedSecret } = row;
    return { watcher: toWatcher(row), passwordHash, sealedSecret };
  }

  async openSession(session: WatcherSession, step: number): Promise<boolean> {
    const { tokenHash, watcherId, signedInAt, lastSeenAt } = session;
    const { rowCount } = await ask(this.#pool, {
      text: `WITH person AS (
          UPDATE console_person SET last_step = $2
          WHERE id = $1 AND last_step < $2 AND is_active RETURNING id
        )
        INSERT INTO console_session (token_hash, person_id, signed_in_at, last_seen_at)
        SELECT $3, id, $4, $5 FROM person`,
      values: [watcherId, step, tokenHash, isoText(signedInAt), isoText(lastSeenAt)],
    });
    return rowCount === 1;
  }

  async findSession(tokenHash: string): Promise<SignedInWatcher | undefined> {
    const { rows } = await ask<PersonRow & SessionRow>(this.#pool, {
      name: 'console-session',
      text: `SELECT p.*, s.signed_in_at, s.last_seen_at FROM console_session s
        JOIN console_person p ON p.id = s.person_id WHERE s.token_hash = $1 AND p.is_active`,
      values: [tokenHash],
    });
    const row = rows[0];
    if (row === undefined) return undefined;
    const watcher = toWatcher(row);
    const { signed_in_at: signedInAt, last_seen_at: lastSeenAt } = row;
    return { session: { tokenHash, watcherId: watcher.id, signedInAt, lastSeenAt }, watcher };
  }

  async touchSession(tokenHash: string, now: Instant): Promise<void> {
    await ask(this.#pool, {
      text: 'UPDATE console_session SET last_seen_at = $2 WHERE token_hash = $1',
      values: [tokenHash, isoText(now)],
    });
  }

  async endSession(tokenHash: string): Promise<void> {
    await ask(this.#pool, {
      text: 'DELETE FROM console_session WHERE token_hash = $1',
      values: [tokenHash],
    });
  }

  async forgetSessionsBefore(moment: Instant): Promise<void> {
    await ask(this.#pool, {
      text: 'DELETE FROM console_session WHERE last_seen_at < $1',
      values: [isoText(moment)],
    });
  }
}

interface PersonRow {
  readonly id: Watcher['id'];
  readonly login: string;
  readonly name: string;
  readonly password_hash: string;
  readonly sealed_secret: string;
  readonly is_active: boolean;
}
interface SessionRow {
  readonly signed_in_at: Instant;
  readonly last_seen_at: Instant;
}

const toWatcher = ({ id, login, name, is_active: isActive }: PersonRow): Watcher => ({
  id,
  login,
  name,
  isActive,
});
