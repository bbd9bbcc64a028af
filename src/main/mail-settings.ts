import { z } from 'zod';
import type { MailSettings } from '../adapters/notify/mail.ts';

/** The mail server that letters to customers go through; without MAIL_HOST none are offered. */
export const mailEnvironment = z.object({
  MAIL_HOST: z.string().min(1).optional(),
  MAIL_PORT: z.coerce.number().int().min(1).max(65_535).default(587),
  MAIL_SECURITY: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  MAIL_USER: z.string().min(1).optional(),
  MAIL_PASSWORD: z.string().optional(),
  MAIL_FROM: z.string().min(3).default('Kabinet <noreply@kabinet.invalid>'),
});

export function mailSettings(set: z.output<typeof mailEnvironment>): MailSettings | undefined {
  if (set.MAIL_HOST === undefined) return undefined;
  return {
    host: set.MAIL_HOST,
    port: set.MAIL_PORT,
    security: set.MAIL_SECURITY,
    from: set.MAIL_FROM,
    ...(set.MAIL_USER === undefined ? {} : { user: set.MAIL_USER }),
    ...(set.MAIL_PASSWORD === undefined ? {} : { password: set.MAIL_PASSWORD }),
  };
}
