/** What happens on a demo account besides its monthly charge. Month 0 is the first one charged; sums in kopecks. */
interface DemoEvent {
  readonly month: number;
  readonly day: number;
  readonly kind: 'payment' | 'correction' | 'refund' | 'penalty';
  readonly minor: number;
  readonly text: string;
  readonly counterparty: string;
}
export interface DemoAccount {
  readonly place: number;
  readonly title: string;
  readonly openedOn: string;
  /** The name of the month follows it. */
  readonly chargeText: string;
  readonly supplier: string;
  /** One for each of the last fourteen months, oldest first; in kopecks. */
  readonly charges: readonly number[];
  readonly others: readonly DemoEvent[];
}
export interface DemoHome {
  readonly contract: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly locale: 'ru' | 'en';
  readonly accounts: readonly DemoAccount[];
}

const flatCharges = [
  412_340, 438_715, 521_990, 602_455, 618_230, 587_610, 509_845, 447_120, 391_275, 368_940, 372_180,
  379_665, 405_530, 431_205,
] as const;
const monthly = (minor: number): number[] => Array.from({ length: 14 }, () => minor);
const sumOf = (charges: readonly number[], from: number, to: number): number =>
  charges.slice(from, to).reduce((sum, minor) => sum + minor, 0);

/** Every second month what was charged is paid; the last payment leaves a debt. */
const flatEvents = (
  charges: readonly number[],
  debtMinor: number,
  say: { readonly paid: string; readonly bank: string; readonly recount: string },
): DemoEvent[] => {
  const recountMinor = 87_430;
  const payments = [2, 4, 6, 8, 10, 13].map((month, n, months) => {
    const due = sumOf(charges, months[n - 1] ?? 0, month);
    const isLast = n === months.length - 1;
    const rest = sumOf(charges, month, charges.length) - debtMinor - recountMinor;
    return {
      month,
      day: 12 + n,
      kind: 'payment' as const,
      minor: isLast ? due + rest : due,
      text: say.paid,
      counterparty: say.bank,
    };
  });
  const recount = {
    month: 7,
    day: 20,
    kind: 'correction' as const,
    minor: recountMinor,
    text: say.recount,
    counterparty: '',
  };
  return [...payments, recount];
};

const quarterly = (minor: number, paid: string, bank: string): DemoEvent[] =>
  [3, 6, 9, 12, 13].map((month, n, months) => ({
    month,
    day: 15,
    kind: 'payment',
    minor: minor * (n === months.length - 1 ? 2 : 3),
    text: paid,
    counterparty: bank,
  }));

/** The customers of the demo, fixed. Anna owes 1 234.50 roubles on her flat, John 815.20; the rest is paid up. */
export const demoHomes: readonly [DemoHome, DemoHome] = [
  {
    contract: '7000001',
    name: 'Анна Петрова',
    phone: '+79990000001',
    email: 'anna.petrova@example.org',
    locale: 'ru',
    accounts: [
      {
        place: 1,
        title: 'Квартира',
        openedOn: '2019-04-15',
        chargeText: 'Коммунальные услуги за',
        supplier: 'УК «Новый двор»',
        charges: flatCharges,
        others: flatEvents(flatCharges, 123_450, {
          paid: 'Оплата по квитанции через банк',
          bank: 'ПАО «Городской банк»',
          recount: 'Перерасчёт за отопление по показаниям счётчика',
        }),
      },
      {
        place: 2,
        title: 'Гараж',
        openedOn: '2021-09-01',
        chargeText: 'Содержание и охрана гаража за',
        supplier: 'ГСК «Маяк»',
        charges: monthly(65_000),
        others: quarterly(65_000, 'Оплата по квитанции через банк', 'ПАО «Городской банк»'),
      },
    ],
  },
  {
    contract: '7000002',
    name: 'John Smith',
    phone: '+79990000002',
    email: 'john.smith@example.org',
    locale: 'en',
    accounts: [
      {
        place: 1,
        title: 'Apartment',
        openedOn: '2020-02-29',
        chargeText: 'Utilities for',
        supplier: 'New Yard Management',
        charges: flatCharges.map((minor) => minor + 15_250),
        others: flatEvents(
          flatCharges.map((minor) => minor + 15_250),
          81_520,
          {
            paid: 'Bank transfer, thank you',
            bank: 'City Bank',
            recount: 'Heating recalculated from the meter',
          },
        ),
      },
      {
        place: 2,
        title: 'Parking space',
        openedOn: '2022-06-01',
        chargeText: 'Parking, upkeep and security for',
        supplier: 'Lighthouse Garages',
        charges: monthly(82_000),
        others: quarterly(82_000, 'Bank transfer, thank you', 'City Bank'),
      },
    ],
  },
];
