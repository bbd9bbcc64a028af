import type pg from 'pg';
import type {
  PeopleStore,
  PersonCredential,
  SignedInPerson,
} from '../../application/ports/people-store.ts';
import type { DeskPerson, DeskSession } from '../../domain/desk-session.ts';
import { isoText, type Instant } from '../../domain/time.ts';
import { ask } from './ask.ts';

/** Where the people of one desk are kept. Names come from the code, never from outside. */
export interface PeopleTables<Person extends DeskPerson<string>> {
  readonly person: string;
  readonly session: string;
  /** The column of a session that says whose it is. */
  readonly owner: string;
  /** What a person of this desk has besides what all have, by its column. */
  readonly more: (person: Person) => Readonly<Record<string, unknown>>;
  readonly toPerson: (row: PersonRow & Record<string, unknown>) => Person;
}

export interface PersonRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly is_active: boolean;
}
interface CredentialRow extends PersonRow {
  readonly password_hash: string;
  readonly sealed_secret: string;
}
interface SessionRow extends PersonRow {
  readonly signed_in_at: Instant;
  readonly last_seen_at: Instant;
}

/** People of a desk and their sessions in PostgreSQL. Every change is one statement. */
export class PostgresPeopleStore<Person extends DeskPerson<string>> implements PeopleStore<Person> {
  protected readonly pool: pg.Pool;
  readonly #tables: PeopleTables<Person>;

  constructor(pool: pg.Pool, tables: PeopleTables<Person>) {
    this.pool = pool;
    this.#tables = tables;
  }

  async add(credential: PersonCredential<Person>): Promise<'added' | 'login-taken'> {
    const { person, passwordHash, sealedSecret } = credential;
    const { id, login, name, isActive } = person;
    const columns = Object.entries({
      ...{ id, login, name, is_active: isActive },
      ...{ password_hash: passwordHash, sealed_secret: sealedSecret },
      ...this.#tables.more(person),
    });
    const names = columns.map(([column]) => column).join(', ');
    const places = columns.map((_, n) => `$${String(n + 1)}`).join(', ');
    const { rowCount } = await ask(this.pool, {
      text: `INSERT INTO ${this.#tables.person} (${names}) VALUES (${places})
        ON CONFLICT (login) DO NOTHING`,
      values: columns.map(([, value]) => value),
    });
    return rowCount === 1 ? 'added' : 'login-taken';
  }

  async disable(login: string): Promise<boolean> {
    const { person, session, owner } = this.#tables;
    const { rowCount } = await ask(this.pool, {
      text: `WITH person AS (
          UPDATE ${person} SET is_active = false WHERE login = $1 RETURNING id
        ), ended AS (
          DELETE FROM ${session} WHERE ${owner} IN (SELECT id FROM person)
        )
        SELECT id FROM person`,
      values: [login],
    });
    return rowCount === 1;
  }

  async list(): Promise<Person[]> {
    const { rows } = await ask<PersonRow & Record<string, unknown>>(this.pool, {
      text: `SELECT * FROM ${this.#tables.person} ORDER BY login`,
    });
    return rows.map(this.#tables.toPerson);
  }

  async findCredential(login: string): Promise<PersonCredential<Person> | undefined> {
    const { rows } = await ask<CredentialRow & Record<string, unknown>>(this.pool, {
      text: `SELECT * FROM ${this.#tables.person} WHERE login = $1 AND is_active`,
      values: [login],
    });
    const row = rows[0];
    if (row === undefined) return undefined;
    const { password_hash: passwordHash, sealed_secret: sealedSecret } = row;
    return { person: this.#tables.toPerson(row), passwordHash, sealedSecret };
  }

  async openSession(session: DeskSession<Person['id']>, step: number): Promise<boolean> {
    const { tokenHash, personId, signedInAt, lastSeenAt } = session;
    const { person, session: sessions, owner } = this.#tables;
    const { rowCount } = await ask(this.pool, {
      text: `WITH person AS (
          UPDATE ${person} SET last_step = $2
          WHERE id = $1 AND last_step < $2 AND is_active RETURNING id
        )
        INSERT INTO ${sessions} (token_hash, ${owner}, signed_in_at, last_seen_at)
        SELECT $3, id, $4, $5 FROM person`,
      values: [personId, step, tokenHash, isoText(signedInAt), isoText(lastSeenAt)],
    });
    return rowCount === 1;
  }

  async findSession(tokenHash: string): Promise<SignedInPerson<Person> | undefined> {
    const { person, session: sessions, owner, toPerson } = this.#tables;
    const { rows } = await ask<SessionRow & Record<string, unknown>>(this.pool, {
      name: `session-of-${person}`,
      text: `SELECT p.*, s.signed_in_at, s.last_seen_at FROM ${sessions} s
        JOIN ${person} p ON p.id = s.${owner} WHERE s.token_hash = $1 AND p.is_active`,
      values: [tokenHash],
    });
    const row = rows[0];
    if (row === undefined) return undefined;
    const found = toPerson(row);
    const { signed_in_at: signedInAt, last_seen_at: lastSeenAt } = row;
    return { session: { tokenHash, personId: found.id, signedInAt, lastSeenAt }, person: found };
  }

  async touchSession(tokenHash: string, now: Instant): Promise<void> {
    await ask(this.pool, {
      text: `UPDATE ${this.#tables.session} SET last_seen_at = $2 WHERE token_hash = $1`,
      values: [tokenHash, isoText(now)],
    });
  }

  async endSession(tokenHash: string): Promise<void> {
    await ask(this.pool, {
      text: `DELETE FROM ${this.#tables.session} WHERE token_hash = $1`,
      values: [tokenHash],
    });
  }

  async forgetSessionsBefore(moment: Instant): Promise<void> {
    await ask(this.pool, {
      text: `DELETE FROM ${this.#tables.session} WHERE last_seen_at < $1`,
      values: [isoText(moment)],
    });
  }
}
