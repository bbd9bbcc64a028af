import type { ReconciliationRun } from '../../application/ports/reconciliation-store.ts';
import type { DeskMethod } from '../../application/staff/list-desk-methods.ts';
import { isoText } from '../../domain/time.ts';
import type {
  ReconciliationJson,
  ReconciliationRowJson,
  StaffMethodJson,
} from './contract/desk-json.ts';
import { toMoneyJson } from './to-json.ts';

export const toRunRow = (run: ReconciliationRun): ReconciliationRowJson => ({
  id: run.id,
  provider: run.provider,
  day: run.day,
  source: run.source,
  ...(run.batch !== undefined && { batch: run.batch }),
  ranAt: isoText(run.ranAt),
  lines: run.lines,
  matched: run.matched,
  open: run.breaks.filter(({ state }) => state === 'open').length,
  healed: run.breaks.filter(({ state }) => state === 'healed').length,
});

export const toRunJson = (run: ReconciliationRun): ReconciliationJson => ({
  ...toRunRow(run),
  breaks: run.breaks.map(({ paymentId, ref, ...rest }) => ({
    ...rest,
    ...(paymentId !== undefined && { paymentId }),
    ...(ref !== undefined && { ref }),
  })),
});

export const toStaffMethod = ({ method, state, routes }: DeskMethod): StaffMethodJson => ({
  method: method.code,
  title: method.title,
  state,
  ...(method.off !== undefined && { why: method.off }),
  routes: routes.map(({ to, provides }) => ({
    provider: to.provider,
    ...(to.as !== undefined && { as: to.as }),
    min: toMoneyJson(to.min),
    max: toMoneyJson(to.max),
    converts: to.rate !== undefined,
    holds: to.holds === true,
    provides,
  })),
});
