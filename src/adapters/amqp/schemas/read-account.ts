import { z } from 'zod';
import type { ReadAccount } from '../../../application/ports/inside-messages.ts';
import { idField } from './fields.ts';

export const readAccountSchema: z.ZodType<ReadAccount> = z.strictObject({ accountId: idField });
