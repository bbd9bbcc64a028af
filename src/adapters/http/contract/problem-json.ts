import { z } from 'zod';

/** An error in the shape of RFC 9457. `type` is stable: programs and texts in two languages hang on it. */
export const problemJson = z
  .object({
    type: z.string().describe('urn:kabinet:problem:<reason>'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional().describe('id of this very error, to read out to support'),
    attemptsLeft: z.int().optional(),
    retryAfterSeconds: z.int().optional(),
    challenge: z
      .string()
      .optional()
      .describe('base64url of an ALTCHA challenge, with `proof-of-work-required`'),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string(), code: z.string().optional() }))
      .optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemJson = z.infer<typeof problemJson>;

/** Where every problem's `type` starts; the rest is the refusal's reason. */
export const problemTypePrefix = 'urn:kabinet:problem:';
