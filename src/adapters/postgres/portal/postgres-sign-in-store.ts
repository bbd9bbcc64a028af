import type pg from 'pg';
import type { OutgoingMessage } from '../../../application/ports/outbox.ts';
import type {
  Credential,
  SignInStore,
  SpentTry,
} from '../../../application/ports/sign-in-store.ts';
import type { AttemptId, CodeId, CustomerId } from '../../../domain/ids.ts';
import type { Locale } from '../../../domain/locale.ts';
import { codePolicy, type OneTimeCode } from '../../../domain/one-time-code.ts';
import type { PhoneNumber } from '../../../domain/phone-number.ts';
import { sessionPolicy, type Session } from '../../../domain/session.ts';
import type { SignInAttempt } from '../../../domain/sign-in.ts';
import { instant, type Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';
import { saveMessage } from '../outbox-row.ts';

/** Sign-ins under way, in PostgreSQL. Each step is one statement, so parallel tries cannot overtake each other. */
export class PostgresSignInStore implements SignInStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  findCredential(login: string): Promise<Credential | undefined> {
    return this.#credential('c.login = $1', 'credential-by-login', login);
  }

  credentialOf(customerId: CustomerId): Promise<Credential | undefined> {
    return this.#credential('c.customer_id = $1', 'credential-by-customer', customerId);
  }

  async #credential(where: string, name: string, value: string): Promise<Credential | undefined> {
    const text = `SELECT c.customer_id, c.password_hash, k.phone, k.locale, c.code_failures,
        greatest(c.last_code_failure_at, 'epoch') AS last_code_failure_at
      FROM credential c JOIN customer k ON k.id = c.customer_id WHERE ${where}`;
    const { rows } = await this.#pool.query<CredentialRow>({ name, text, values: [value] });
    return rows[0] === undefined ? undefined : toCredential(rows[0]);
  }

  async addCredential(customerId: CustomerId, login: string, passwordHash: string): Promise<void> {
    await this.#pool.query(
      `INSERT INTO credential (customer_id, login, password_hash) VALUES ($1, $2, $3)
       ON CONFLICT (customer_id) DO NOTHING`,
      [customerId, login, passwordHash],
    );
  }

  async open(attempt: SignInAttempt, code: OneTimeCode, message: OutgoingMessage): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      await client.query({
        name: 'attempt-open',
        text: `INSERT INTO sign_in_attempt VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        values: [
          attempt.id,
          attempt.customerId ?? null,
          attempt.browserHash,
          timestamp(attempt.createdAt),
          timestamp(attempt.expiresAt),
          attempt.sends,
          timestamp(attempt.lastSentAt),
        ],
      });
      await saveCode(client, code);
      await saveMessage(client, message);
    });
  }

  async findAttempt(
    id: AttemptId,
    browserHash: string,
    now: Instant,
  ): Promise<SignInAttempt | undefined> {
    const { rows } = await this.#pool.query<AttemptRow>(
      `SELECT * FROM sign_in_attempt WHERE id = $1 AND browser_hash = $2 AND expires_at > $3`,
      [id, browserHash, timestamp(now)],
    );
    return rows[0] === undefined ? undefined : toAttempt(rows[0]);
  }

  replaceCode(
    attempt: SignInAttempt,
    code: OneTimeCode,
    message: OutgoingMessage,
    now: Instant,
  ): Promise<boolean> {
    return inTransaction(this.#pool, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE sign_in_attempt SET sends = $2, last_sent_at = $3 WHERE id = $1 AND sends = $2 - 1`,
        [attempt.id, attempt.sends, timestamp(attempt.lastSentAt)],
      );
      if (rowCount !== 1) return false;
      await client.query(
        `UPDATE one_time_code SET superseded_at = $2 WHERE attempt_id = $1 AND superseded_at IS NULL`,
        [attempt.id, timestamp(now)],
      );
      await saveCode(client, code);
      await saveMessage(client, message);
      return true;
    });
  }

  async spendTry(id: AttemptId, browserHash: string, now: Instant): Promise<SpentTry | undefined> {
    const { rows } = await this.#pool.query<SpentRow>({
      name: 'code-spend-try',
      text: `UPDATE one_time_code o SET tries = o.tries + 1
        FROM sign_in_attempt a
        WHERE a.id = $1 AND a.browser_hash = $2 AND o.attempt_id = a.id AND o.tries < o.max_tries
          AND o.consumed_at IS NULL AND o.superseded_at IS NULL AND o.expires_at > $3 AND a.expires_at > $3
        RETURNING o.id, o.mac, a.customer_id, o.max_tries - o.tries AS tries_left`,
      values: [id, browserHash, timestamp(now)],
    });
    const row = rows[0];
    if (row === undefined) return undefined;
    const customerId = (row.customer_id ?? undefined) as CustomerId | undefined;
    return { codeId: row.id as CodeId, mac: row.mac, customerId, triesLeft: row.tries_left };
  }

  async noteWrongCode(customerId: CustomerId, now: Instant): Promise<void> {
    await this.#pool.query(
      `UPDATE credential SET code_failures = code_failures + 1, last_code_failure_at = $2
       WHERE customer_id = $1`,
      [customerId, timestamp(now)],
    );
  }

  complete(id: AttemptId, codeId: CodeId, session: Session, now: Instant): Promise<boolean> {
    return inTransaction(this.#pool, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE one_time_code SET consumed_at = $3
         WHERE id = $2 AND attempt_id = $1 AND consumed_at IS NULL AND superseded_at IS NULL`,
        [id, codeId, timestamp(now)],
      );
      if (rowCount !== 1) return false;
      await client.query(`UPDATE credential SET code_failures = 0 WHERE customer_id = $1`, [
        session.customerId,
      ]);
      await client.query(`INSERT INTO session VALUES ($1, $2, $3, $4)`, [
        session.tokenHash,
        session.customerId,
        timestamp(session.signedInAt),
        timestamp(session.lastSeenAt),
      ]);
      await client.query(
        `DELETE FROM session WHERE customer_id = $1 AND token_hash NOT IN (
           SELECT token_hash FROM session WHERE customer_id = $1
           ORDER BY signed_in_at DESC LIMIT $2)`,
        [session.customerId, sessionPolicy.perCustomer],
      );
      return true;
    });
  }
}

interface CredentialRow {
  readonly customer_id: string;
  readonly password_hash: string;
  readonly phone: string;
  readonly locale: string;
  readonly code_failures: number;
  readonly last_code_failure_at: Instant;
}
interface AttemptRow {
  readonly id: string;
  readonly customer_id: string | null;
  readonly browser_hash: string;
  readonly created_at: Instant;
  readonly expires_at: Instant;
  readonly sends: number;
  readonly last_sent_at: Instant;
}
interface SpentRow {
  readonly id: string;
  readonly mac: string;
  readonly customer_id: string | null;
  readonly tries_left: number;
}

const saveCode = (client: pg.PoolClient, code: OneTimeCode) =>
  client.query({
    name: 'code-save',
    text: `INSERT INTO one_time_code (id, attempt_id, purpose, mac, max_tries, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [
      code.id,
      code.attemptId,
      code.purpose,
      code.mac,
      codePolicy.triesPerCode,
      timestamp(code.expiresAt),
    ],
  });

const toCredential = (row: CredentialRow): Credential => ({
  customerId: row.customer_id as CustomerId,
  passwordHash: row.password_hash,
  phone: row.phone as PhoneNumber,
  locale: row.locale as Locale,
  codeFailures: row.code_failures,
  lastCodeFailureAt: instant(row.last_code_failure_at),
});

const toAttempt = (row: AttemptRow): SignInAttempt => ({
  id: row.id as AttemptId,
  customerId: (row.customer_id ?? undefined) as CustomerId | undefined,
  browserHash: row.browser_hash,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  sends: row.sends,
  lastSentAt: row.last_sent_at,
});
