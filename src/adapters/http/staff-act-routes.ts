import type { StaffStore } from '../../application/ports/staff-store.ts';
import type {
  DecideRefundAsStaff,
  RequestRefundAsStaff,
} from '../../application/staff/refund-as-staff.ts';
import type {
  CapturePaymentAsStaff,
  ReleasePaymentAsStaff,
  ResolveReviewAsStaff,
} from '../../application/staff/settle-as-staff.ts';
import type { ShowPaymentToStaff } from '../../application/staff/show-payment-to-staff.ts';
import type { PaymentId, RefundId } from '../../domain/ids.ts';
import type { Refund } from '../../domain/refund.ts';
import type { Result } from '../../domain/result.ts';
import { idParam } from './account-routes.ts';
import { routes } from './contract/routes.ts';
import type { RefundJson, StaffPaymentJson } from './contract/staff-json.ts';
import { readMoney } from './payment-routes.ts';
import { Problem } from './problem.ts';
import { refusalProblem, type AnyRefusal } from './refusal-status.ts';
import type { RouteRegistry } from './route-registry.ts';
import { toRefundJson, toStaffPayment } from './staff-payment-to-json.ts';

export interface StaffActRoutesNeed {
  readonly requestRefundAsStaff: RequestRefundAsStaff;
  readonly decideRefundAsStaff: DecideRefundAsStaff;
  readonly resolveReviewAsStaff: ResolveReviewAsStaff;
  readonly capturePaymentAsStaff: CapturePaymentAsStaff;
  readonly releasePaymentAsStaff: ReleasePaymentAsStaff;
  readonly showPaymentToStaff: ShowPaymentToStaff;
  readonly staffStore: StaffStore;
}

/** What staff do with payments. */
export function addStaffActRoutes(registry: RouteRegistry, need: StaffActRoutesNeed): void {
  registry.add(routes.requestRefund, async ({ staff: { person }, params, body, key }) => {
    const paymentId = idParam(params) as PaymentId;
    const wish = { paymentId, amount: readMoney(body.amount), reason: body.reason, key };
    return refundOf(await need.requestRefundAsStaff(person, wish), need);
  });

  registry.add(routes.decideRefund, async ({ staff: { person }, params, body }) => {
    const id = idParam(params) as RefundId;
    return refundOf(await need.decideRefundAsStaff(person, id, body.agrees), need);
  });

  registry.add(routes.resolveReview, async ({ staff: { person }, params, body }) => {
    const id = idParam(params) as PaymentId;
    return paymentAfter(await need.resolveReviewAsStaff(person, id, body.as), id, need);
  });

  registry.add(routes.capturePayment, async ({ staff: { person }, params, body }) => {
    const id = idParam(params) as PaymentId;
    const amount = readMoney(body.amount);
    return paymentAfter(await need.capturePaymentAsStaff(person, id, amount), id, need);
  });

  registry.add(routes.releasePayment, async ({ staff: { person }, params }) => {
    const id = idParam(params) as PaymentId;
    return paymentAfter(await need.releasePaymentAsStaff(person, id), id, need);
  });
}

async function refundOf(
  answer: Result<Refund, AnyRefusal>,
  { staffStore }: StaffActRoutesNeed,
): Promise<RefundJson> {
  if (!answer.ok) throw refusalProblem(answer.refusal);
  const people = await staffStore.list();
  return toRefundJson(answer.value, new Map(people.map((one) => [one.id, one])));
}

async function paymentAfter(
  answer: Result<unknown, AnyRefusal>,
  id: PaymentId,
  { showPaymentToStaff }: StaffActRoutesNeed,
): Promise<StaffPaymentJson> {
  if (!answer.ok) throw refusalProblem(answer.refusal);
  const view = await showPaymentToStaff(id);
  if (view === undefined) throw new Problem(404, 'not-found');
  return toStaffPayment(view);
}
