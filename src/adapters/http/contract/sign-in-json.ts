import { z } from 'zod';
import { logoJson } from './logo-json.ts';
import { idJson, instantJson } from './money-json.ts';

export const signInRequest = z
  .strictObject({
    login: z.string().min(1).max(64),
    password: z.string().min(1).max(1024),
    proof: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe('the answer to a challenge: base64url of an ALTCHA payload'),
  })
  .meta({ id: 'SignInRequest' });

/** The same for every login, known or not: it says nothing of whether a code is really on its way. */
export const signInAttempt = z
  .strictObject({
    attemptId: idJson,
    sentTo: z.string().describe('masked, tells nothing: "•••"'),
    codeLength: z.int(),
    expiresAt: instantJson,
    resendAt: instantJson,
  })
  .meta({ id: 'SignInAttempt' });
export type SignInAttemptJson = z.infer<typeof signInAttempt>;

export const codeRequest = z
  .strictObject({ attemptId: idJson, code: z.string().min(1).max(20) })
  .meta({ id: 'CodeRequest' });

export const resendRequest = z.strictObject({ attemptId: idJson }).meta({ id: 'ResendRequest' });

export const meJson = z
  .strictObject({
    customerId: idJson,
    contract: z.string(),
    name: z.string(),
    locale: z.enum(['ru', 'en']),
    company: z.strictObject({
      name: z.string(),
      timeZone: z.string(),
      support: z.string(),
      logo: logoJson,
    }),
    session: z.strictObject({
      signedInAt: instantJson,
      idleUntil: instantJson,
      until: instantJson,
    }),
  })
  .meta({ id: 'Me' });
export type MeJson = z.infer<typeof meJson>;
