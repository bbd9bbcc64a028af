import type pg from 'pg';
import type { AuditPages } from '../../../application/ports/audit-log.ts';
import type { AuditHead, AuditRecord } from '../../../domain/protection/audit-chain.ts';
import { instant } from '../../../domain/time.ts';
import { ask } from '../ask.ts';

interface Row {
  readonly seq: string;
  readonly at_ms: string;
  readonly digest: string;
}
type RecordRow = Row & Pick<AuditRecord, 'kind' | 'who' | 'what' | 'previous'>;
type HeadRow = Row & Pick<AuditHead, 'kid' | 'signature'>;

/** The audit log in the gateway's database, for whoever only reads it. */
export class PostgresAuditPages implements AuditPages {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async after(seq: number, limit: number): Promise<readonly AuditRecord[]> {
    const { rows } = await ask<RecordRow>(this.#pool, {
      name: 'audit-after',
      text: `SELECT seq, at_ms, kind, who, what, previous, digest FROM audit_record
        WHERE seq > $1 ORDER BY seq LIMIT $2`,
      values: [seq, limit],
    });
    return rows.map(fromRow);
  }

  async headsAfter(seq: number, limit: number): Promise<readonly AuditHead[]> {
    const { rows } = await ask<HeadRow>(this.#pool, {
      name: 'audit-heads-after',
      text: `SELECT seq, at_ms, digest, kid, signature FROM audit_head
        WHERE seq > $1 ORDER BY seq LIMIT $2`,
      values: [seq, limit],
    });
    return rows.map(fromRow);
  }
}

const fromRow = <Kept extends Row>({ seq, at_ms, ...row }: Kept) => ({
  ...row,
  seq: Number(seq),
  at: instant(Number(at_ms)),
});
