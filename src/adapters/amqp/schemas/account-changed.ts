import { z } from 'zod';
import {
  type AccountChanged,
  type OperationMessage,
  operationsPerMessage,
} from '../../../application/ports/inside-messages.ts';
import { operationKinds } from '../../../domain/operation.ts';
import { dayField, idField, moneyField, textField, timeField, versionField } from './fields.ts';

const operationSchema: z.ZodType<OperationMessage> = z.strictObject({
  id: idField,
  postedAt: timeField,
  kind: z.enum(operationKinds),
  amount: moneyField,
  description: textField(1_000),
  counterparty: textField(300).optional(),
  paymentId: idField.optional(),
});

export const accountChangedSchema: z.ZodType<AccountChanged> = z.strictObject({
  customerId: idField,
  accountId: idField,
  number: textField(64).min(1),
  title: textField(300),
  balance: moneyField,
  openedOn: dayField,
  asOf: timeField,
  version: versionField,
  operations: z.array(operationSchema).max(operationsPerMessage).readonly(),
});
