import { z } from 'zod';
import type { FiscalSettings } from '../adapters/fiscal/fiscal-http.ts';
import { taxSystems } from '../domain/fiscal/fiscal-facts.ts';
import { parseDay, startOfDay, type Instant } from '../domain/time.ts';

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''));

/** What can be set about fiscal receipts; without a register none are made. */
export const fiscalEnvironment = z.object({
  FISCAL_REGISTER: z.enum(['none', 'http']).default('none'),
  FISCAL_URL: url.optional(),
  FISCAL_TOKEN: z.string().min(1).default('kabinet-demo-fiscal'),
  FISCAL_FROM: z.string().optional(),
  FISCAL_TAX_SYSTEM: z.coerce.number().pipe(z.literal(taxSystems)).default(1),
  /** Tag 1199; 6 is without VAT. */
  FISCAL_VAT: z.coerce.number().int().min(1).max(12).default(6),
});

/** A register that is set, and from when on it gets what is paid. */
export interface FiscalSet extends FiscalSettings {
  readonly since: Instant;
}

interface Around {
  readonly publicUrl: string;
  readonly simulatorsUrl: string;
  readonly timeZone: string;
}

/** Undefined without a register; throws an Error of one sentence when the day is missing from which it is to be used. */
export function fiscalSettings(
  set: z.output<typeof fiscalEnvironment>,
  { publicUrl, simulatorsUrl, timeZone }: Around,
): FiscalSet | undefined {
  if (set.FISCAL_REGISTER === 'none') return undefined;
  const from = parseDay(set.FISCAL_FROM ?? '');
  if (from === undefined) {
    throw new Error(
      'FISCAL_FROM is missing or no day: name the first day whose payments get a fiscal receipt, such as 2026-12-01',
    );
  }
  return {
    url: set.FISCAL_URL ?? `${simulatorsUrl}/fiscal/v1`,
    token: set.FISCAL_TOKEN,
    taxSystem: set.FISCAL_TAX_SYSTEM,
    vat: set.FISCAL_VAT,
    place: publicUrl,
    since: startOfDay(from, timeZone),
  };
}
