import { z } from 'zod';
import {
  longestProviderRef,
  type RecordPayment,
} from '../../../application/ports/inside-messages.ts';
import { idField, moneyField, positiveMoneyField, textField, timeField } from './fields.ts';

const firstFields = {
  paymentId: idField,
  accountId: idField,
  provider: textField(64).min(1),
  method: textField(64).min(1),
  amount: positiveMoneyField,
  captured: positiveMoneyField.optional(),
  providerFee: moneyField.optional(),
  paidAt: timeField,
};
/** As portals of before said it: nothing of the provider's own name. */
export const recordPaymentFirstSchema: z.ZodType<RecordPayment> = z.strictObject(firstFields);

export const recordPaymentSchema: z.ZodType<RecordPayment> = z.strictObject({
  ...firstFields,
  providerRef: textField(longestProviderRef).min(1).optional(),
});
