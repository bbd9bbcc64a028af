import type { Container } from 'inversify';
import { breaksCsv } from '../adapters/books/breaks-csv.ts';
import type { StaffActRoutesNeed } from '../adapters/http/staff-act-routes.ts';
import type { StaffDeskRoutesNeed } from '../adapters/http/staff-desk-routes.ts';
import type { StaffSignInRoutesNeed } from '../adapters/http/staff-sign-in-routes.ts';
import { keys } from './keys.ts';

type StaffNeeds = Pick<StaffSignInRoutesNeed, 'signInStaff' | 'recogniseStaff' | 'signOutStaff'> &
  StaffActRoutesNeed &
  StaffDeskRoutesNeed;

/** Asks the container for what the staff's part of the HTTP side needs. */
export const staffNeeds = (container: Container): StaffNeeds => ({
  signInStaff: container.get(keys.signInStaff),
  recogniseStaff: container.get(keys.recogniseStaff),
  signOutStaff: container.get(keys.signOutStaff),
  requestRefundAsStaff: container.get(keys.requestRefundAsStaff),
  decideRefundAsStaff: container.get(keys.decideRefundAsStaff),
  resolveReviewAsStaff: container.get(keys.resolveReviewAsStaff),
  capturePaymentAsStaff: container.get(keys.capturePaymentAsStaff),
  releasePaymentAsStaff: container.get(keys.releasePaymentAsStaff),
  showPaymentToStaff: container.get(keys.showPaymentToStaff),
  listDeskMethods: container.get(keys.listDeskMethods),
  staffStore: container.get(keys.staffStore),
  desk: container.get(keys.paymentDesk),
  refundStore: container.get(keys.refundStore),
  runs: container.get(keys.reconciliationStore),
  breaksCsv,
});
