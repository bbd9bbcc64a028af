import type pg from 'pg';
import type { JournalEntry, StaffStore } from '../../../application/ports/staff-store.ts';
import type { PaymentId, StaffId } from '../../../domain/ids.ts';
import { isStaffRole, type Staff } from '../../../domain/staff.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';
import { PostgresPeopleStore } from '../postgres-people-store.ts';

/** The staff, their sessions and their journal in PostgreSQL. */
export class PostgresStaffStore extends PostgresPeopleStore<Staff> implements StaffStore {
  constructor(pool: pg.Pool) {
    super(pool, {
      person: 'staff',
      session: 'staff_session',
      owner: 'staff_id',
      more: ({ roles }) => ({ roles }),
      toPerson: ({ id, login, name, is_active: isActive, roles }) => ({
        ...{ id: id as StaffId, login, name, isActive },
        roles: (roles as readonly string[]).filter(isStaffRole),
      }),
    });
  }

  async write({ at, staffId, action, paymentId, detail }: JournalEntry): Promise<void> {
    await this.pool.query(
      `INSERT INTO staff_journal (at, staff_id, action, payment_id, detail)
       VALUES ($1, $2, $3, $4, $5)`,
      [timestamp(at), staffId ?? null, action, paymentId ?? null, detail],
    );
  }

  async journal(limit: number, paymentId?: PaymentId): Promise<JournalEntry[]> {
    const { rows } = await this.pool.query<JournalRow>(
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

interface JournalRow {
  readonly at: Instant;
  readonly staff_id: string | null;
  readonly action: JournalEntry['action'];
  readonly payment_id: string | null;
  readonly detail: string;
}
