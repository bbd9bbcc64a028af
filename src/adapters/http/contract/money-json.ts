import { z } from 'zod';

/** A sum as it travels: whole smallest units as text (bigint has no JSON), and an ISO 4217 code. */
export const moneyJson = z
  .strictObject({
    minor: z
      .string()
      .max(20)
      .regex(/^(0|-?[1-9]\d{0,17})$/),
    currency: z
      .string()
      .length(3)
      .regex(/^[A-Z]{3}$/),
  })
  .meta({ id: 'Money' });
export type MoneyJson = z.infer<typeof moneyJson>;

/** A moment: ISO 8601, UTC. */
export const instantJson = z.iso.datetime().meta({ id: 'Instant' });

/** An id of ours: a UUID. */
export const idJson = z.uuid().meta({ id: 'Id' });
