import type pg from 'pg';
import { auditSeal } from '../adapters/amqp/audit-seal.ts';
import type { KeyRing } from '../adapters/amqp/key-ring.ts';
import { PostgresAuditLog } from '../adapters/postgres/gateway/postgres-audit-log.ts';
import type { AdmitMessage } from '../application/gateway/admit-message.ts';
import type { ReportSuspicion } from '../application/gateway/raise-incident.ts';
import { recordAudit } from '../application/gateway/record-audit.ts';
import { verifyAudit } from '../application/gateway/verify-audit.ts';
import type { Clock } from '../application/ports/clock.ts';
import { day, second } from '../domain/time.ts';
import type { GatewayNotices } from './gateway-notices.ts';
import { loop } from './loop.ts';
import type { Started } from './running.ts';

/** What is written down of what the gateway decides and people do at it. */
export interface GatewayAudit {
  readonly record: ReturnType<typeof recordAudit>['record'];
  /** Writes refusals down, and commands that pass. A question that passes changes nothing and is not. */
  admitting(admit: AdmitMessage): AdmitMessage;
  /** Writes down what is raised, and who moves an incident. */
  watching(notices: GatewayNotices): GatewayNotices;
}

type Report = (error: unknown) => void;

/** Keeps the gateway's audit log and goes over it every day; a break of it is an incident. */
export function startAudit(
  pool: pg.Pool,
  ring: KeyRing,
  clock: Clock,
  report: Report,
  started: Started,
): GatewayAudit & { watchChain(raise: ReportSuspicion): void } {
  const seal = auditSeal(ring);
  const log = new PostgresAuditLog(pool, seal);
  const { record, flush } = recordAudit(log, clock);
  const writing = loop(() => flush().then(() => false), second, report);
  record('start', 'gateway', ring.own.kid);
  started.add(async () => {
    await writing.stop();
    record('stop', 'gateway', ring.own.kid);
    await flush();
  });
  return {
    record,
    admitting: (admit) => async (request) => {
      const answer = await admit(request);
      const { type, id, subject, messageClass } = request.envelope;
      if (!answer.ok) record('refused', subject, `${answer.refusal.reason}: ${type} ${id}`);
      else if (messageClass === 'command') record('command', subject, `${type} ${id}`);
      return answer;
    },
    watching: (notices) => ({
      ...notices,
      raiseIncident: (suspicion) => {
        const { detector, target, evidence } = suspicion;
        record(`sighting ${detector}`, target, evidence);
        return notices.raiseIncident(suspicion);
      },
      actOnIncident: async (request) => {
        const done = await notices.actOnIncident(request);
        if (done.ok) record('move', request.staffId, `${done.value.key} ${done.value.state}`);
        return done;
      },
      acknowledgeIncident: async (request) => {
        const done = await notices.acknowledgeIncident(request);
        if (done.ok) record('move', done.value.movedBy ?? '', `${done.value.key} acknowledged`);
        return done;
      },
    }),
    watchChain: (raise) => {
      const checking = loop(() => check(log, seal, raise), day, report);
      started.add(() => checking.stop());
    },
  };
}

const check = async (
  log: PostgresAuditLog,
  seal: ReturnType<typeof auditSeal>,
  raise: ReportSuspicion,
): Promise<boolean> => {
  const { broken } = await verifyAudit(log, seal)();
  if (broken !== undefined) {
    const evidence = `record ${String(broken.seq)} is ${broken.why}`;
    await raise({ detector: 'audit-break', target: 'audit log', evidence });
  }
  return false;
};
