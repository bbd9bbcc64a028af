import {
  type AuditHead,
  type AuditRecord,
  breakAt,
  type ChainBreak,
  type ChainEnd,
  emptyChain,
  headText,
} from '../../domain/protection/audit-chain.ts';
import type { AuditPages, AuditReader } from '../ports/audit-log.ts';

export interface AuditVerdict {
  /** Records and heads that hold, from the first. */
  readonly records: number;
  readonly heads: number;
  /** The first that does not. */
  readonly broken: (ChainBreak & { readonly record: AuditRecord | undefined }) | undefined;
}

interface Walk {
  readonly end: ChainEnd;
  readonly heads: number;
  /** Of the last head that holds. */
  readonly headedSeq: number;
}
type Broken = AuditVerdict['broken'];

const pageSize = 1_000;

/**
 * Goes over the whole audit log, record by record in bounded memory. `known` is a head from a copy outside the log: it
 * shows a tail that was cut off together with its heads. `progress` is told how many records were looked at.
 */
export const verifyAudit =
  (log: AuditPages, reader: AuditReader, progress: (records: number) => void = () => undefined) =>
  async (known?: ChainEnd): Promise<AuditVerdict> => {
    let walk: Walk = { end: emptyChain, heads: 0, headedSeq: 0 };
    let broken: Broken;
    for (let isOver = false; !isOver && broken === undefined;) {
      const page = await log.after(walk.end.seq, pageSize);
      ({ walk, broken } = await walkPage(log, reader, walk, page, known));
      progress(walk.end.seq);
      isOver = page.length < pageSize;
    }
    broken ??= await cutOff(log, walk, known);
    const records = broken === undefined ? walk.end.seq : broken.seq - 1;
    return { records, heads: walk.heads, broken };
  };

const walkPage = async (
  log: AuditPages,
  reader: AuditReader,
  from: Walk,
  page: readonly AuditRecord[],
  known: ChainEnd | undefined,
): Promise<{ readonly walk: Walk; readonly broken: Broken }> => {
  const signed = new Map(
    (await log.headsAfter(from.end.seq, pageSize)).map((head) => [head.seq, head]),
  );
  let walk = from;
  for (const record of page) {
    const head = signed.get(walk.end.seq + 1);
    const broken = breakOf(reader, walk.end, record, head, known);
    if (broken !== undefined) {
      const found = record.seq === broken.seq ? record : undefined;
      return { walk, broken: { ...broken, record: found } };
    }
    const { heads, headedSeq } = walk;
    walk =
      head === undefined
        ? { ...walk, end: record }
        : { end: record, heads: heads + 1, headedSeq: Math.max(headedSeq, head.seq) };
  }
  return { walk, broken: undefined };
};

const breakOf = (
  reader: AuditReader,
  end: ChainEnd,
  record: AuditRecord,
  head: AuditHead | undefined,
  known: ChainEnd | undefined,
): ChainBreak | undefined => {
  if (head !== undefined && !reader.holds(headText(head), head.kid, head.signature)) {
    return { seq: head.seq, why: 'unsigned' };
  }
  const isOther = known?.seq === record.seq && known.digest !== record.digest;
  return (
    breakAt(end, record, head, (text) => reader.digest(text)) ??
    (isOther ? { seq: record.seq, why: 'changed' } : undefined)
  );
};

/** What stands behind the last record that is not there, or before it without a head. */
const cutOff = async (
  log: AuditPages,
  { end, headedSeq }: Walk,
  known: ChainEnd | undefined,
): Promise<Broken> => {
  const [head] = await log.headsAfter(end.seq, 1);
  // Somebody may have appended since the last page: only a head without its records is a break.
  const isCut = head !== undefined && (await log.after(end.seq, 1)).length === 0;
  if (isCut || (known !== undefined && known.seq > end.seq)) {
    return { seq: end.seq + 1, why: 'missing', record: undefined };
  }
  const isHeaded = headedSeq === end.seq;
  return isHeaded ? undefined : { seq: headedSeq + 1, why: 'unheaded', record: undefined };
};
