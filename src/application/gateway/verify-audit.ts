import {
  type AuditHead,
  type AuditRecord,
  breakAt,
  type ChainBreak,
  emptyChain,
  headText,
} from '../../domain/protection/audit-chain.ts';
import type { AuditLog, AuditSeal } from '../ports/audit-log.ts';

export interface AuditVerdict {
  /** Records and heads that hold, from the first. */
  readonly records: number;
  readonly heads: number;
  /** The first that does not. */
  readonly broken: (ChainBreak & { readonly record: AuditRecord | undefined }) | undefined;
}

const pageSize = 1_000;

/** Goes over the whole audit log, record by record in bounded memory. `progress` is told how many were looked at. */
export const verifyAudit =
  (log: AuditLog, seal: AuditSeal, progress: (records: number) => void = () => undefined) =>
  async (): Promise<AuditVerdict> => {
    let end = emptyChain;
    let heads = 0;
    for (;;) {
      const page = await log.after(end.seq, pageSize);
      const lastSeq = page.at(-1)?.seq ?? end.seq;
      const signed = await headsBetween(log, end.seq, lastSeq);
      for (const record of page) {
        const head = signed.get(end.seq + 1);
        const broken =
          unsignedAt(seal, head) ?? breakAt(end, record, head, (text) => seal.digest(text));
        if (broken !== undefined) {
          const found = record.seq === broken.seq ? record : undefined;
          return { records: end.seq, heads, broken: { ...broken, record: found } };
        }
        if (head !== undefined) heads += 1;
        end = record;
      }
      progress(end.seq);
      if (page.length < pageSize)
        return { records: end.seq, heads, broken: await cutOff(log, end.seq) };
    }
  };

const headsBetween = async (
  log: AuditLog,
  fromSeq: number,
  toSeq: number,
): Promise<ReadonlyMap<number, AuditHead>> => {
  const heads = await log.headsAfter(fromSeq, pageSize);
  return new Map(heads.filter(({ seq }) => seq <= toSeq).map((head) => [head.seq, head]));
};

const unsignedAt = (seal: AuditSeal, head: AuditHead | undefined): ChainBreak | undefined =>
  head === undefined || seal.holds(headText(head), head.kid, head.signature)
    ? undefined
    : { seq: head.seq, why: 'unsigned' };

/** A head behind the last record: what was between is gone. */
const cutOff = async (log: AuditLog, lastSeq: number): Promise<AuditVerdict['broken']> => {
  const [head] = await log.headsAfter(lastSeq, 1);
  return head && { seq: lastSeq + 1, why: 'missing', record: undefined };
};
