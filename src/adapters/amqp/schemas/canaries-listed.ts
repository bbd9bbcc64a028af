import { z } from 'zod';
import { idField } from './fields.ts';

/** Control: ids that nobody owns and that exist to be stolen. A newer list replaces an older one whole. */
export const canariesListedSchema = z.strictObject({
  seq: z.number().int().nonnegative(),
  ids: z.array(idField).max(1_000).readonly(),
});
