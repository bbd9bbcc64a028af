import { z } from 'zod';
import { patternField, timeField } from './fields.ts';

const rateField = z.strictObject({
  perSecond: z.number().min(0).max(1_000_000),
  burst: z.number().min(0).max(1_000_000),
});
const limitsFields = { rate: rateField, concurrency: z.number().int().min(0).max(100_000) };
const instanceField = patternField(16, /^gateway-[1-9]\d?$/);

/** Control: what the inside lets one gateway pass, until it says otherwise, and which gateways it hears. */
export const budgetGrantedSchema = z.strictObject({
  gateways: z.array(instanceField).max(16),
  grants: z
    .array(
      z.strictObject({
        operation: z.string().max(64),
        seq: z.number().int().nonnegative(),
        ...limitsFields,
        /** What one request costs, in the unit of the rates. */
        cost: z.number().positive().max(1_000),
        mode: z.enum(['open', 'throttle', 'drain', 'closed']),
        /** Most of it that one customer may take. */
        customer: rateField,
        expiresAt: timeField,
        safe: z.strictObject(limitsFields),
      }),
    )
    .max(64),
});

const count = z.number().int().nonnegative();

/** Beat: a gateway is there, and how its budgets stand. */
export const gatewayBeatSchema = z.strictObject({
  instance: instanceField,
  startedAt: timeField,
  budgets: z
    .array(
      z.strictObject({
        operation: z.string().max(64),
        /** Of the grant it holds. */
        seq: count,
        expiresAt: timeField,
        ...limitsFields,
        underWay: count,
        waiting: count,
        /** Since the gateway started. */
        passed: count,
        busy: count,
      }),
    )
    .max(64),
});
