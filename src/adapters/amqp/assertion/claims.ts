import { z } from 'zod';
import { accountsPerAssertion } from '../../../application/ports/envelope.ts';
import { minute } from '../../../domain/time.ts';
import { idField, patternField } from '../schemas/fields.ts';

/** What an assertion's header says; the algorithm is ours, never the token's. */
export const assertionAlgorithm = 'EdDSA';
export const assertionType = 'kabinet-assertion+jwt';
export const assertionIssuerName = 'identity';
export const assertionAudience = 'gateway';
/** How long an assertion is good. */
export const assertionLifeMs = 5 * minute;

const digestField = patternField(43, /^[\w-]{43}$/);
const secondsField = z.number().int().positive();

/** The claims; names follow RFC 7519 where it has one. */
export const claimsSchema = z.strictObject({
  iss: z.literal(assertionIssuerName),
  aud: z.literal(assertionAudience),
  /** The customer. */
  sub: idField,
  /** A digest: it opens no session. */
  sid: digestField,
  level: z.enum(['password', 'second-step']),
  auth_time: secondsField,
  iat: secondsField,
  exp: secondsField,
  accounts: z.array(idField).max(accountsPerAssertion),
  /** Of all the customer's accounts, where they are too many to be named. */
  accountsdigest: digestField.optional(),
  subnet: z.string().max(64),
});
export type Claims = z.infer<typeof claimsSchema>;
