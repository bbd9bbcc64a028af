import { range, type PaymentMethod, type Route } from '../domain/payment-limits.ts';

const to = (provider: string, ...ranges: readonly ReturnType<typeof range>[]): Route[] =>
  ranges.map((each) => ({ provider, ...each }));

/** What payers can choose, in this order, and the provider each goes to. */
export const paymentMethods: PaymentMethod[] = [
  {
    code: 'bank-card',
    title: { ru: 'Банковская карта', en: 'Bank card' },
    marks: ['visa', 'mastercard'],
    speed: 'at-once',
    routes: to(
      'stripe',
      range('RUB', 50_00n, 300_000_00n),
      range('USD', 1_00n, 5_000_00n),
      range('EUR', 1_00n, 5_000_00n),
      range('KZT', 300_00n, 2_000_000_00n),
      range('JPY', 100n, 500_000n),
      range('KWD', 500n, 1_500_000n),
    ),
  },
];
