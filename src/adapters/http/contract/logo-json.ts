import { z } from 'zod';

/** Where the company's logo is, and how many dots wide and high; the page leaves room for it. */
export const logoJson = z
  .strictObject({ path: z.string(), width: z.int(), height: z.int() })
  .optional()
  .describe('absent where the company has none');
export type LogoJson = NonNullable<z.infer<typeof logoJson>>;
