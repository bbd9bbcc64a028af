import { z } from 'zod';
import { timeField } from './fields.ts';

const rateField = z.strictObject({
  perSecond: z.number().min(0).max(1_000_000),
  burst: z.number().min(0).max(1_000_000),
});
const limitsFields = { rate: rateField, concurrency: z.number().int().min(0).max(100_000) };

/** Control: what the inside lets through of one operation, until it says otherwise. */
export const budgetGrantedSchema = z.strictObject({
  operation: z.string().max(64),
  seq: z.number().int().nonnegative(),
  ...limitsFields,
  /** What one request costs, in the unit of the rates. */
  cost: z.number().positive().max(1_000),
  mode: z.enum(['open', 'drain', 'closed']),
  expiresAt: timeField,
  safe: z.strictObject(limitsFields),
  /** Most of it that one customer may take. */
  customer: rateField,
});
