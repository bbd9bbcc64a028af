import type { AuditEntry, AuditHead } from '../../domain/protection/audit-chain.ts';
import { plainText } from '../../domain/protection/plain-text.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { Clock } from '../ports/clock.ts';

/** The way to the audit log that no message waits for. */
export interface AuditRecorder {
  /** Never throws, never waits. Above the limit entries are dropped, and their number is recorded instead. */
  record(kind: string, who: string, what: string): void;
  /**
   * Writes what was recorded since the last call. Answers the head of the log where it was written to.
   * Throws the outage of the log; nothing is lost then. A call that comes while another writes goes after it.
   */
  flush(): Promise<AuditHead | undefined>;
}

const waitingLimit = 10_000;
const fieldLength = 300;

export const recordAudit = (log: AuditLog, clock: Clock): AuditRecorder => {
  let waiting: AuditEntry[] = [];
  let dropped = 0;
  let writing: Promise<unknown> = Promise.resolve();
  const entry = (kind: string, who: string, what: string): AuditEntry => ({
    at: clock.now(),
    kind,
    who: plainText(who, fieldLength),
    what: plainText(what, fieldLength),
  });
  const write = async (): Promise<AuditHead | undefined> => {
    const gap = dropped === 0 ? [] : [entry('gap', 'gateway', `${dropped} entries were dropped`)];
    const batch = [...waiting, ...gap];
    if (batch.length === 0) return undefined;
    const [count, lost] = [waiting.length, dropped];
    const head = await log.append(batch);
    waiting = waiting.slice(count);
    dropped -= lost;
    return head;
  };
  return {
    record: (kind, who, what) => {
      if (waiting.length < waitingLimit) waiting.push(entry(kind, who, what));
      else dropped += 1;
    },
    flush: () => {
      const written = writing.catch(() => undefined).then(write);
      writing = written;
      return written;
    },
  };
};
