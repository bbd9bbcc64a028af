import type pg from 'pg';
import type {
  Attempt,
  Bucket,
  DueIncident,
  NewNotice,
  Notice,
  NoticeProgress,
  NoticeStore,
  PlannedLook,
  ToldRecord,
} from '../../../application/ports/notice-store.ts';
import { isoText, later, type Instant } from '../../../domain/time.ts';
import { ask } from '../ask.ts';
import { incidentColumns, type IncidentRow, toIncident } from './incident-row.ts';

interface NoticeRow {
  readonly id: string;
  readonly recipient: string;
  readonly locale: Notice['locale'];
  readonly severity: Notice['severity'];
  readonly content: Notice['content'];
  readonly channels: Notice['channels'];
  readonly created_at: Instant;
  readonly due_at: Instant;
  readonly state: Notice['state'];
  readonly rounds: number;
  readonly attempts: number;
}
const columns = `id, recipient, locale, severity, content, channels, created_at, due_at, state, rounds, attempts`;

/** Notices in the gateway's database; each call is one statement, hence one commit. */
export class PostgresNoticeStore implements NoticeStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async due(now: Instant, limit: number): Promise<DueIncident[]> {
    const { rows } = await ask<IncidentRow & { told: ToldRecord }>(this.#pool, {
      name: 'due-incidents',
      text: `SELECT ${incidentColumns}, told FROM incident
        WHERE look_at <= $1 ORDER BY severity, first_at, seq LIMIT $2`,
      values: [isoText(now), limit],
    });
    return rows.map((row) => ({ incident: toIncident(row), told: row.told }));
  }

  async plan(looks: readonly PlannedLook[], notices: readonly NewNotice[]): Promise<void> {
    const lookRows = looks.map(({ id, revision, told, againAt }) => ({
      id,
      revision,
      told,
      look_at: againAt === undefined ? undefined : isoText(againAt),
    }));
    const noticeRows = notices.map(({ createdAt, dueAt, ...notice }) => ({
      ...notice,
      created_at: isoText(createdAt),
      due_at: isoText(dueAt),
    }));
    await ask(this.#pool, {
      name: 'plan-notices',
      text: `WITH looks AS (
          UPDATE incident SET told = l.told,
            look_at = CASE WHEN incident.revision = l.revision THEN l.look_at ELSE incident.look_at END
          FROM jsonb_to_recordset($1::jsonb)
            AS l (id uuid, revision integer, told jsonb, look_at timestamptz)
          WHERE incident.id = l.id
        )
        INSERT INTO notice (${columns})
        SELECT id, recipient, locale, severity, content, channels, created_at, due_at, 'waiting', 0, 0
        FROM jsonb_to_recordset($2::jsonb) AS n (id uuid, recipient text, locale text, severity text,
          content jsonb, channels jsonb, created_at timestamptz, due_at timestamptz)`,
      values: [JSON.stringify(lookRows), JSON.stringify(noticeRows)],
    });
  }

  async take(limit: number, leaseMs: number, now: Instant): Promise<Notice[]> {
    const { rows } = await ask<NoticeRow>(this.#pool, {
      name: 'take-notices',
      // A taken notice is due again when its lease ends.
      text: `WITH waiting AS (
          SELECT seq FROM notice WHERE state = 'waiting' AND due_at <= $1
          ORDER BY severity, seq LIMIT $3 FOR UPDATE SKIP LOCKED
        ), taken AS (
          UPDATE notice SET due_at = $2 FROM waiting WHERE notice.seq = waiting.seq
          RETURNING notice.*
        )
        SELECT ${columns} FROM taken ORDER BY severity, seq`,
      values: [isoText(now), isoText(later(now, leaseMs)), limit],
    });
    return rows.map(toNotice);
  }

  async buckets(recipients: readonly string[]): Promise<Bucket[]> {
    const { rows } = await ask<Pick<Bucket, 'recipient' | 'channel'> & { arrival_ms: number }>(
      this.#pool,
      {
        name: 'notice-buckets',
        text: 'SELECT recipient, channel, arrival_ms FROM notice_bucket WHERE recipient = ANY($1)',
        values: [recipients],
      },
    );
    return rows.map(({ recipient, channel, arrival_ms }) => ({
      recipient,
      channel,
      arrivalMs: arrival_ms,
    }));
  }

  async progress(
    notices: readonly NoticeProgress[],
    attempt?: Attempt,
    bucket?: Bucket,
  ): Promise<void> {
    const rows = notices.map(({ dueAt, ...next }) => ({ ...next, due_at: isoText(dueAt) }));
    await ask(this.#pool, {
      name: 'notice-progress',
      text: `WITH next AS (
          UPDATE notice SET state = n.state, rounds = n.rounds, attempts = n.attempts,
            channels = n.channels, due_at = n.due_at
          FROM jsonb_to_recordset($1::jsonb) AS n (id uuid, state text, rounds integer,
            attempts integer, channels jsonb, due_at timestamptz)
          WHERE notice.id = n.id RETURNING notice.id
        ), tried AS (
          INSERT INTO notice_attempt (notice_id, at, channel, outcome, note)
          SELECT id, $2, $3, $4, $5 FROM next WHERE $2::timestamptz IS NOT NULL
        )
        INSERT INTO notice_bucket (recipient, channel, arrival_ms)
        SELECT $6, $7, $8 WHERE $6::text IS NOT NULL
        ON CONFLICT (recipient, channel) DO UPDATE SET arrival_ms = excluded.arrival_ms`,
      values: [
        JSON.stringify(rows),
        attempt && isoText(attempt.at),
        attempt?.channel,
        attempt?.outcome,
        attempt?.note,
        bucket?.recipient,
        bucket?.channel,
        bucket?.arrivalMs,
      ],
    });
  }

  async attempts(id: string): Promise<Attempt[]> {
    const { rows } = await ask<Attempt>(this.#pool, {
      name: 'attempts-of-notice',
      text: `SELECT at, channel, outcome, note FROM notice_attempt
        WHERE notice_id = $1 ORDER BY seq`,
      values: [id],
    });
    return rows;
  }

  async list(limit: number): Promise<Notice[]> {
    const { rows } = await ask<NoticeRow>(this.#pool, {
      name: 'list-notices',
      text: `SELECT ${columns} FROM notice ORDER BY seq DESC LIMIT $1`,
      values: [limit],
    });
    return rows.map(toNotice);
  }

  async forgetBefore(moment: Instant): Promise<number> {
    const { rowCount } = await ask(this.#pool, {
      name: 'forget-notices',
      text: "DELETE FROM notice WHERE state <> 'waiting' AND created_at < $1",
      values: [isoText(moment)],
    });
    return rowCount ?? 0;
  }
}

const toNotice = ({ created_at, due_at, ...row }: NoticeRow): Notice => ({
  ...row,
  createdAt: created_at,
  dueAt: due_at,
});
