import { z } from 'zod';

const sum = z.string().regex(/^\d{1,12}\.\d{2}$/);

/** What the law wants to know of a receipt, as far as the buyer's side tells it (FFD 1.2). */
export const orderedReceipt = z
  .object({
    operationType: z.literal([1, 2, 3, 4]),
    taxationType: z.literal([1, 2, 4, 8, 16, 32]),
    retailPlace: z.string().min(1),
    internetSign: z.literal(1),
    buyerPhoneOrAddress: z.string().regex(/^(\+\d{5,18}|[^@\s]+@[^@\s]+)$/),
    totalSum: sum,
    ecashTotalSum: sum,
    items: z
      .array(
        z.object({
          name: z.string().min(1).max(128),
          quantity: z.string().regex(/^\d+(\.\d{1,3})?$/),
          price: sum,
          sum,
          nds: z.number().int().min(1).max(12),
          paymentType: z.number().int().min(1).max(7),
          productType: z.number().int().min(1).max(33),
        }),
      )
      .min(1)
      .max(100),
  })
  .refine(
    ({ totalSum, items }) =>
      cents(totalSum) === items.reduce((all, one) => all + cents(one.sum), 0n),
    {
      error: 'totalSum is not the sum of the items',
    },
  )
  .refine(({ totalSum, ecashTotalSum }) => totalSum === ecashTotalSum, {
    error: 'nothing but electronic money is taken on the internet',
  });
export type OrderedReceipt = z.output<typeof orderedReceipt>;

const cents = (text: string): bigint => BigInt(text.replace('.', ''));
