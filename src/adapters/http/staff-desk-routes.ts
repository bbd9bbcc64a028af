import type { PaymentDesk } from '../../application/ports/payment-desk.ts';
import type {
  BreakCase,
  ReconciliationStore,
} from '../../application/ports/reconciliation-store.ts';
import type { RefundStore } from '../../application/ports/refund-store.ts';
import type { StaffStore } from '../../application/ports/staff-store.ts';
import type { ListDeskMethods } from '../../application/staff/list-desk-methods.ts';
import type { ShowPaymentToStaff } from '../../application/staff/show-payment-to-staff.ts';
import type { PaymentId } from '../../domain/ids.ts';
import type { PaymentState } from '../../domain/payment-moves.ts';
import { refundStates } from '../../domain/refund.ts';
import { isoText } from '../../domain/time.ts';
import { idParam } from './account-routes.ts';
import { routes } from './contract/routes.ts';
import { toRunJson, toRunRow, toStaffMethod } from './desk-to-json.ts';
import { Problem } from './problem.ts';
import type { RouteRegistry } from './route-registry.ts';
import { toPaymentRow, toRefundJson, toStaffPayment } from './staff-payment-to-json.ts';

export interface StaffDeskRoutesNeed {
  readonly desk: PaymentDesk;
  readonly refundStore: RefundStore;
  readonly runs: ReconciliationStore;
  readonly staffStore: StaffStore;
  readonly showPaymentToStaff: ShowPaymentToStaff;
  readonly listDeskMethods: ListDeskMethods;
  /** Writes breaks for a spreadsheet. */
  readonly breaksCsv: (breaks: readonly BreakCase[]) => string;
}

const pageSize = 50;
const heldStates: readonly PaymentState[] = ['authorized', 'capturing', 'canceling'];

/** What staff look at: payments across customers, refunds, odd proofs, reconciliations, methods. */
export function addStaffDeskRoutes(registry: RouteRegistry, need: StaffDeskRoutesNeed): void {
  registry.add(routes.staffPayments, async ({ query: { state, after } }) => {
    const states = state === 'held' ? heldStates : [state];
    const found = await need.desk.list(states, pageSize + 1, after as PaymentId | undefined);
    const items = found.slice(0, pageSize);
    const last = items.at(-1);
    const hasMore = found.length > pageSize && last !== undefined;
    return { items: items.map(toPaymentRow), ...(hasMore && { next: last.id }) };
  });

  registry.add(routes.staffPayment, async ({ params }) => {
    const view = await need.showPaymentToStaff(idParam(params) as PaymentId);
    if (view === undefined) throw new Problem(404, 'not-found');
    return toStaffPayment(view);
  });

  registry.add(routes.staffRefunds, async ({ query: { state } }) => {
    const states = state === undefined ? refundStates : [state];
    const [found, all] = await Promise.all([
      need.refundStore.list(states, pageSize),
      need.staffStore.list(),
    ]);
    const people = new Map(all.map((one) => [one.id, one]));
    return { items: found.map((refund) => toRefundJson(refund, people)) };
  });

  registry.add(routes.oddNotifications, async () => {
    const odd = await need.desk.odd(pageSize);
    return {
      items: odd.map(({ receivedAt, ...one }) => ({ ...one, receivedAt: isoText(receivedAt) })),
    };
  });

  registry.add(routes.staffMethods, () =>
    Promise.resolve({ items: need.listDeskMethods().map(toStaffMethod) }),
  );
  addReconciliations(registry, need);
}

function addReconciliations(registry: RouteRegistry, { runs, breaksCsv }: StaffDeskRoutesNeed) {
  const find = async (params: Readonly<Record<string, string>>) => {
    const run = await runs.find(idParam(params));
    if (run === undefined) throw new Problem(404, 'not-found');
    return run;
  };

  registry.add(routes.reconciliations, async () => ({
    items: (await runs.list(pageSize)).map(toRunRow),
  }));

  registry.add(routes.reconciliationCsv, async ({ ctx, params }) => {
    const run = await find(params);
    ctx.type = 'text/csv; charset=utf-8';
    const name = `breaks-${run.provider}-${run.day}.csv`;
    ctx.set('Content-Disposition', `attachment; filename="${name}"`);
    return breaksCsv(run.breaks);
  });

  registry.add(routes.reconciliation, async ({ params }) => toRunJson(await find(params)));
}
