import type pg from 'pg';
import type { AuditLog, AuditSeal } from '../../../application/ports/audit-log.ts';
import {
  type AuditEntry,
  type AuditHead,
  type AuditRecord,
  chained,
  type ChainEnd,
  emptyChain,
  headText,
} from '../../../domain/protection/audit-chain.ts';
import { PostgresAuditPages } from './postgres-audit-pages.ts';

/** Names the lock under which one process at a time puts records behind the last one. */
const lockKey = 7_215_044;

/** The audit log in the gateway's database: one chain, however many gateways write it. */
export class PostgresAuditLog implements AuditLog {
  readonly #pool: pg.Pool;
  readonly #seal: AuditSeal;
  readonly #pages: PostgresAuditPages;

  constructor(pool: pg.Pool, seal: AuditSeal) {
    this.#pool = pool;
    this.#seal = seal;
    this.#pages = new PostgresAuditPages(pool);
  }

  async append(entries: readonly AuditEntry[]): Promise<AuditHead | undefined> {
    if (entries.length === 0) return undefined;
    const client = await this.#pool.connect();
    let trouble = true;
    try {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
      const head = await this.#appendTo(client, entries);
      await client.query('COMMIT');
      trouble = false;
      return head;
    } finally {
      // A connection in the middle of something is of no use to anybody; closing it rolls back.
      client.release(trouble);
    }
  }

  async #appendTo(
    client: pg.PoolClient,
    entries: readonly AuditEntry[],
  ): Promise<AuditHead | undefined> {
    const { rows } = await client.query<{ seq: string; digest: string }>(
      'SELECT seq, digest FROM audit_record ORDER BY seq DESC LIMIT 1',
    );
    const [last] = rows;
    let end: ChainEnd = last ? { seq: Number(last.seq), digest: last.digest } : emptyChain;
    const records = entries.map((entry) => {
      const record = chained(end, entry, (text) => this.#seal.digest(text));
      end = record;
      return record;
    });
    const of = <Name extends keyof AuditRecord>(name: Name) => records.map((one) => one[name]);
    await client.query(
      `INSERT INTO audit_record (seq, at_ms, kind, who, what, previous, digest)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[],
          $6::text[], $7::text[])`,
      [of('seq'), of('at'), of('kind'), of('who'), of('what'), of('previous'), of('digest')],
    );
    const newest = records.at(-1);
    if (newest === undefined) return undefined;
    const { seq, at, digest } = newest;
    const { kid, signature } = this.#seal.sign(headText({ seq, digest, at }));
    await client.query(
      'INSERT INTO audit_head (seq, at_ms, digest, kid, signature) VALUES ($1, $2, $3, $4, $5)',
      [seq, at, digest, kid, signature],
    );
    return { seq, at, digest, kid, signature };
  }

  after(seq: number, limit: number): Promise<readonly AuditRecord[]> {
    return this.#pages.after(seq, limit);
  }

  headsAfter(seq: number, limit: number): Promise<readonly AuditHead[]> {
    return this.#pages.headsAfter(seq, limit);
  }
}
