import { z } from 'zod';
import { keySources } from '../sources.ts';
import { patternField, timeField } from './fields.ts';

/** 32 bytes in base64url: a public key, or its thumbprint. */
const bytesField = patternField(43, /^[\w-]{43}$/);

/** Control: whose keys hold from now on. Of the sources named here no other key counts. */
export const keysAnnouncedSchema = z.strictObject({
  /** The newest wins. */
  seq: z.number().int().nonnegative(),
  sources: z.array(z.enum(keySources)).max(keySources.length),
  keys: z
    .array(
      z.strictObject({
        source: z.enum(keySources),
        kid: bytesField,
        /** The public key as RFC 8037 writes it. */
        x: bytesField,
        /** Signed with from then on, so that all know it first. */
        from: timeField,
        /** Believed until then; without it, until it is revoked. */
        until: timeField.optional(),
      }),
    )
    .max(32),
});
export type KeyBundle = z.infer<typeof keysAnnouncedSchema>;
export type BundleKey = KeyBundle['keys'][number];
