import { z } from 'zod';
import type { RecordRefund } from '../../../application/ports/inside-messages.ts';
import { idField, moneyField, positiveMoneyField, textField, timeField } from './fields.ts';

export const recordRefundSchema: z.ZodType<RecordRefund> = z.strictObject({
  refundId: idField,
  paymentId: idField,
  accountId: idField,
  provider: textField(64).min(1),
  kind: z.enum(['debit', 'reversal']),
  // Nothing is debited where the last unit of a quote was rounded away.
  amount: moneyField,
  returned: positiveMoneyField,
  at: timeField,
});
