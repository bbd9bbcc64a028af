import { z } from 'zod';
import type { RecordPayment } from '../../../application/ports/inside-messages.ts';
import { idField, moneyField, positiveMoneyField, textField, timeField } from './fields.ts';

export const recordPaymentSchema: z.ZodType<RecordPayment> = z.strictObject({
  paymentId: idField,
  accountId: idField,
  provider: textField(64).min(1),
  method: textField(64).min(1),
  amount: positiveMoneyField,
  captured: positiveMoneyField.optional(),
  providerFee: moneyField.optional(),
  paidAt: timeField,
});
