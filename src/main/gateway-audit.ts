import type pg from 'pg';
import { auditSeal } from '../adapters/amqp/audit-seal.ts';
import type { KeyRing } from '../adapters/amqp/key-ring.ts';
import { PostgresAuditLog } from '../adapters/postgres/gateway/postgres-audit-log.ts';
import { type AdmitMessage, detectorOf } from '../application/gateway/admit-message.ts';
import { auditedIncidents } from '../application/gateway/audited-incidents.ts';
import type { NoteRefusal } from '../application/gateway/note-refusal.ts';
import type { ReportSuspicion } from '../application/gateway/raise-incident.ts';
import { type AuditRecorder, recordAudit } from '../application/gateway/record-audit.ts';
import { verifyAudit } from '../application/gateway/verify-audit.ts';
import type { IncidentStore } from '../application/ports/incident-store.ts';
import type { AuditHead } from '../domain/protection/audit-chain.ts';
import { day, minute, second } from '../domain/time.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { loop } from './loop.ts';
import type { Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** What is written down of what the gateway decides and of what people do at it. */
export interface GatewayAudit extends Pick<AuditRecorder, 'record'> {
  /** Writes down commands that pass. A question that passes changes nothing and is not. */
  admitting(admit: AdmitMessage): AdmitMessage;
  /** Writes down refusals that are a sign of an attack, or meet somebody who is held back. */
  noting(note: NoteRefusal): NoteRefusal;
  /** Writes down which incidents there are, and every move of them, whoever makes it. */
  keeping(incidents: IncidentStore): IncidentStore;
  /** Goes over the log now and every day; a break of it is an incident. */
  watchChain(raise: ReportSuspicion): void;
}

/** Keeps the gateway's audit log. Its newest head goes to the program's log too, once a minute: a copy elsewhere. */
export function startAudit(
  around: Surroundings,
  pool: pg.Pool,
  ring: KeyRing,
  started: Started,
): GatewayAudit {
  const report = reporter(around, 'gateway');
  const seal = auditSeal(ring, around.config.keysDirectory);
  const log = new PostgresAuditLog(pool, seal);
  const { record, flush } = recordAudit(log, systemClock);
  const copy = headCopies(around);
  const writing = loop(() => flush().then(copy), second, report);
  record('start', 'gateway', ring.own.kid);
  started.add(async () => {
    await writing.stop();
    record('stop', 'gateway', ring.own.kid);
    await flush();
  });
  const check = async (raise: ReportSuspicion): Promise<boolean> => {
    const { broken } = await verifyAudit(log, seal)();
    if (broken !== undefined) {
      const evidence = `record ${broken.seq} is ${broken.why}`;
      await raise({ detector: 'audit-break', target: 'audit log', evidence });
    }
    return false;
  };
  return {
    record,
    admitting: (admit) => async (request) => {
      const answer = await admit(request);
      const { type, id, subject, messageClass, idempotencyKey = '' } = request.envelope;
      const { causationId } = request.envelope;
      const again = causationId === undefined ? '' : ` again for ${causationId}`;
      if (answer.ok && messageClass === 'command') {
        record('command', subject, `${type} ${id} under ${idempotencyKey}${again}`);
      }
      return answer;
    },
    noting: (note) => (envelope, refusal) => {
      const { type, id, subject } = envelope;
      if (detectorOf(refusal) !== undefined || refusal.reason === 'quarantined') {
        record('refused', subject, `${refusal.reason}: ${type} ${id}`);
      }
      note(envelope, refusal);
    },
    keeping: (incidents) => auditedIncidents(incidents, record),
    watchChain: (raise) => {
      const checking = loop(() => check(raise), day, report);
      started.add(() => checking.stop());
    },
  };
}

/** Tells the log of a head, at most once a minute. */
const headCopies = ({ log }: Surroundings) => {
  let toldAt = -Infinity;
  return (head: AuditHead | undefined): boolean => {
    if (head === undefined || head.at - toldAt < minute) return false;
    toldAt = head.at;
    log.event('audit-head', { program: 'gateway', reason: `${head.seq}:${head.digest}` });
    return false;
  };
};
