import { ContainerModule } from 'inversify';
import { actAsStaff } from '../../application/staff/act-as-staff.ts';
import { addStaff } from '../../application/staff/add-staff.ts';
import { listDeskMethods } from '../../application/staff/list-desk-methods.ts';
import { recogniseStaff, signOutStaff } from '../../application/staff/recognise-staff.ts';
import {
  decideRefundAsStaff,
  requestRefundAsStaff,
} from '../../application/staff/refund-as-staff.ts';
import {
  capturePaymentAsStaff,
  releasePaymentAsStaff,
  resolveReviewAsStaff,
} from '../../application/staff/settle-as-staff.ts';
import { showPaymentToStaff } from '../../application/staff/show-payment-to-staff.ts';
import { signInStaff } from '../../application/staff/sign-in-staff.ts';
import { staffCodes } from '../../application/authenticator-codes.ts';
import { PostgresStaffStore } from '../../adapters/postgres/portal/postgres-staff-store.ts';
import { totp } from '../../adapters/system/totp.ts';
import { keys } from '../keys.ts';
import { configuredMethods } from '../payment-methods.ts';

/** The company's own people: how they sign in and what they do at the desk. Needs the payment desk. */
export const staff = new ContainerModule(({ bind }) => {
  bind(keys.staffStore).toResolvedValue((pool) => new PostgresStaffStore(pool), [keys.pool]);
  bind(keys.secondFactor).toResolvedValue((company) => totp(company.name), [keys.company]);
  bind(keys.staffCodes).toResolvedValue(staffCodes, [keys.secondFactor, keys.secrets]);
  bind(keys.addStaff).toResolvedValue(addStaff, [
    keys.staffStore,
    keys.passwords,
    keys.staffCodes,
    keys.randomness,
  ]);
  bind(keys.signInStaff).toResolvedValue(signInStaff, [
    keys.staffStore,
    keys.passwords,
    keys.staffCodes,
    keys.limiter,
    keys.clock,
  ]);
  bind(keys.recogniseStaff).toResolvedValue(recogniseStaff, [keys.staffStore, keys.clock]);
  bind(keys.signOutStaff).toResolvedValue(signOutStaff, [keys.staffStore, keys.clock]);
  bind(keys.actAsStaff).toResolvedValue(actAsStaff, [keys.staffStore, keys.clock]);
  bind(keys.requestRefundAsStaff).toResolvedValue(requestRefundAsStaff, [
    keys.actAsStaff,
    keys.requestRefund,
  ]);
  bind(keys.decideRefundAsStaff).toResolvedValue(decideRefundAsStaff, [
    keys.actAsStaff,
    keys.refundStore,
    keys.decideRefund,
  ]);
  bind(keys.resolveReviewAsStaff).toResolvedValue(resolveReviewAsStaff, [
    keys.actAsStaff,
    keys.resolveReview,
  ]);
  bind(keys.capturePaymentAsStaff).toResolvedValue(capturePaymentAsStaff, [
    keys.actAsStaff,
    keys.capturePayment,
  ]);
  bind(keys.releasePaymentAsStaff).toResolvedValue(releasePaymentAsStaff, [
    keys.actAsStaff,
    keys.releasePayment,
  ]);
  bind(keys.showPaymentToStaff).toResolvedValue(showPaymentToStaff, [
    keys.paymentDesk,
    keys.refundStore,
    keys.staffStore,
    keys.paymentProviders,
    keys.refundRules,
  ]);
  bind(keys.listDeskMethods).toResolvedValue(
    ({ payments }, providers, isAvailable) =>
      listDeskMethods(configuredMethods(payments), providers, isAvailable),
    [keys.config, keys.paymentProviders, keys.availability],
  );
});
