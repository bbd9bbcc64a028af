import type pg from 'pg';
import type {
  JournalEntry,
  SignedInStaff,
  StaffCredential,
  StaffStore,
} from '../../../application/ports/staff-store.ts';
import type { PaymentId, StaffId } from '../../../domain/ids.ts';
import type { StaffSession } from '../../../domain/staff-session.ts';
import { isStaffRole, type Staff } from '../../../domain/staff.ts';
import type { Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';

/** The staff, their sessions and their journal in PostgreSQL. */
export class PostgresStaffStore implements StaffStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async add({
    staff,
    passwordHash,
    sealedSecret,
  }: StaffCredential): Promise<'added' | 'login-taken'> {
    const { rowCount } = await this.#pool.query(
      `INSERT INTO staff (id, login, name, roles, password_hash, sealed_secret, is_active)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (login) DO NOTHING`,
      [staff.id, staff.login, staff.name, staff.roles, passwordHash, sealedSecret, staff.isActive],
    );
    return rowCount === 1 ? 'added' : 'login-taken';
  }

  async disable(login: string): Promise<boolean> {
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        'UPDATE staff SET is_active = false WHERE login = $1 RETURNING id',
        [login],
      );
      const id = rows[0]?.id;
      if (id !== undefined)
        await client.query('DELETE FROM staff_session WHERE staff_id = $1', [id]);
      return id !== undefined;
    });
  }

  async list(): Promise<Staff[]> {
    const { rows } = await this.#pool.query<StaffRow>('SELECT * FROM staff ORDER BY login');
    return rows.map(toStaff);
  }

  async findCredential(login: string): Promise<StaffCredential | undefined> {
    const { rows } = await this.#pool.query<StaffRow>(
      'SELECT * FROM staff WHERE login = $1 AND is_active',
      [login],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    const { password_hash: passwordHash, sealed_secret: sealedSecret } = row;
    return { staff: toStaff(row), passwordHash, sealedSecret };
  }

  async openSession(session: StaffSession, step: number): Promise<boolean> {
    const { tokenHash, staffId, signedInAt, lastSeenAt } = session;
    return inTransaction(this.#pool, async (client) => {
      const { rowCount } = await client.query(
        'UPDATE staff SET last_step = $2 WHERE id = $1 AND last_step < $2 AND is_active',
        [staffId, step],
      );
      if (rowCount !== 1) return false;
      await client.query(
        `INSERT INTO staff_session (token_hash, staff_id, signed_in_at, last_seen_at)
         VALUES ($1, $2, $3, $4)`,
        [tokenHash, staffId, timestamp(signedInAt), timestamp(lastSeenAt)],
      );
      return true;
    });
  }

  async findSession(tokenHash: string): Promise<SignedInStaff | undefined> {
    const { rows } = await this.#pool.query<StaffRow & SessionRow>(
      `SELECT p.*, s.signed_in_at, s.last_seen_at FROM staff_session s
       JOIN staff p ON p.id = s.staff_id WHERE s.token_hash = $1 AND p.is_active`,
      [tokenHash],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    const staff = toStaff(row);
    const { signed_in_at: signedInAt, last_seen_at: lastSeenAt } = row;
    return { session: { tokenHash, staffId: staff.id, signedInAt, lastSeenAt }, staff };
  }

  async touchSession(tokenHash: string, now: Instant): Promise<void> {
    await this.#pool.query('UPDATE staff_session SET last_seen_at = $2 WHERE token_hash = $1', [
      tokenHash,
      timestamp(now),
    ]);
  }

  async endSession(tokenHash: string): Promise<void> {
    await this.#pool.query('DELETE FROM staff_session WHERE token_hash = $1', [tokenHash]);
  }

  async write({ at, staffId, action, paymentId, detail }: JournalEntry): Promise<void> {
    await this.#pool.query(
      `INSERT INTO staff_journal (at, staff_id, action, payment_id, detail)
       VALUES ($1, $2, $3, $4, $5)`,
      [timestamp(at), staffId ?? null, action, paymentId ?? null, detail],
    );
  }

  async journal(limit: number, paymentId?: PaymentId): Promise<JournalEntry[]> {
    const { rows } = await this.#pool.query<JournalRow>(
      `SELECT at, staff_id, action, payment_id, detail FROM staff_journal
       WHERE $2::uuid IS NULL OR payment_id = $2 ORDER BY number DESC LIMIT $1`,
      [limit, paymentId ?? null],
    );
    return rows.map((row) => ({
      at: row.at,
      staffId: (row.staff_id ?? undefined) as StaffId | undefined,
      action: row.action,
      paymentId: (row.payment_id ?? undefined) as PaymentId | undefined,
      detail: row.detail,
    }));
  }
}

interface StaffRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: string[];
  readonly password_hash: string;
  readonly sealed_secret: string;
  readonly is_active: boolean;
}
interface SessionRow {
  readonly signed_in_at: Instant;
  readonly last_seen_at: Instant;
}
interface JournalRow {
  readonly at: Instant;
  readonly staff_id: string | null;
  readonly action: JournalEntry['action'];
  readonly payment_id: string | null;
  readonly detail: string;
}

const toStaff = (row: StaffRow): Staff => ({
  id: row.id as StaffId,
  login: row.login,
  name: row.name,
  roles: row.roles.filter(isStaffRole),
  isActive: row.is_active,
});
