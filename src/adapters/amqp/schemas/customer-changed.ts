import { z } from 'zod';
import type { CustomerChanged } from '../../../application/ports/inside-messages.ts';
import { idField, patternField, textField, versionField } from './fields.ts';

export const customerChangedSchema: z.ZodType<CustomerChanged> = z.strictObject({
  customerId: idField,
  contract: textField(64).min(1),
  name: textField(300),
  phone: patternField(16, /^\+[1-9]\d{6,14}$/),
  email: textField(254).optional(),
  locale: z.enum(['ru', 'en']),
  version: versionField,
});
