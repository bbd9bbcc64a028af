import { invariant } from '../domain/invariant.ts';
import {
  range,
  type AmountRange,
  type PaymentMethod,
  type Route,
} from '../domain/payment-limits.ts';
import { parseRate } from '../domain/quote.ts';
import { methodsFromFile } from './methods-file.ts';
import type { PaymentSettings } from './payment-settings.ts';

const to = (provider: string, ...ranges: readonly AmountRange[]): Route[] =>
  ranges.map((each) => ({ provider, ...each }));
/** By one of YooKassa's own methods. */
const byYookassa = (as: string, max: bigint): Route[] => [
  { provider: 'yookassa', as, ...range('RUB', 1_00n, max) },
];

const card: PaymentMethod = {
  code: 'bank-card',
  title: { ru: 'Банковская карта', en: 'Bank card' },
  marks: ['visa', 'mastercard', 'mir'],
  speed: 'at-once',
  canBeSaved: true,
  routes: [
    ...to('stripe', range('RUB', 50_00n, 300_000_00n)),
    ...to('tbank', range('RUB', 10_00n, 600_000_00n)),
    ...byYookassa('bank_card', 350_000_00n),
    ...to(
      'stripe',
      range('USD', 1_00n, 5_000_00n),
      range('EUR', 1_00n, 5_000_00n),
      range('KZT', 300_00n, 2_000_000_00n),
      range('JPY', 100n, 500_000n),
      range('KWD', 500n, 1_500_000n),
    ),
  ],
};

const closedSince2024 = {
  ru: 'Сервис закрыт с февраля 2024 года: у КИВИ Банка отозвана лицензия.',
  en: 'The service is closed since February 2024: QIWI Bank has lost its licence.',
};
const instead = {
  ru: 'Кошелёк принимается через ЮKassa; прямой перевод включают, когда у компании нет договора с ней.',
  en: 'The wallet is taken through YooKassa; direct transfers are for companies without a contract there.',
};

/** Methods of a payment system of their own; `npm run provider:new` adds one. */
const ownMethods: readonly PaymentMethod[] = [
  {
    code: 'yoomoney-wallet',
    title: { ru: 'Перевод на кошелёк ЮMoney', en: 'Transfer to a YooMoney wallet' },
    marks: ['yoomoney'],
    speed: 'at-once',
    routes: to('yoomoney-quickpay', range('RUB', 2_00n, 15_000_00n)),
    off: instead,
  },
  {
    code: 'qiwi',
    title: { ru: 'QIWI Кошелёк', en: 'QIWI Wallet' },
    marks: ['qiwi'],
    speed: 'at-once',
    routes: to('qiwi', range('RUB', 1_00n, 15_000_00n)),
    off: closedSince2024,
  },
];

/** The methods of a fresh portal, in this order, and where each goes. PAYMENT_METHODS names a file in its place. */
export const usualMethods = ({ webmoney }: PaymentSettings): PaymentMethod[] => [
  card,
  {
    code: 'sbp',
    title: { ru: 'Система быстрых платежей', en: 'Faster Payments (SBP)' },
    marks: ['sbp'],
    speed: 'at-once',
    routes: byYookassa('sbp', 700_000_00n),
  },
  {
    code: 'yoomoney',
    title: { ru: 'Кошелёк ЮMoney', en: 'YooMoney wallet' },
    marks: ['yoomoney'],
    speed: 'at-once',
    canBeSaved: true,
    routes: byYookassa('yoo_money', 250_000_00n),
  },
  {
    code: 'sberpay',
    title: { ru: 'SberPay', en: 'SberPay' },
    marks: ['sberpay'],
    speed: 'at-once',
    routes: byYookassa('sberbank', 350_000_00n),
  },
  {
    code: 'tinkoff-pay',
    title: { ru: 'T-Pay', en: 'T-Pay' },
    marks: ['tpay'],
    speed: 'at-once',
    routes: byYookassa('tinkoff_bank', 350_000_00n),
  },
  webmoneyMethod(webmoney),
  ...ownMethods,
];

/** Rouble purses are closed since 2022: the sum is converted by a quote that is frozen with the payment. */
function webmoneyMethod({ purse, rate: text }: PaymentSettings['webmoney']): PaymentMethod {
  const unit = purse.startsWith('E') ? 'EUR' : 'USD';
  const rate = parseRate('RUB', unit, text);
  invariant(rate !== undefined, `WEBMONEY_RATE is no rate: ${text}`);
  return {
    code: 'webmoney',
    title: { ru: `WebMoney (WM${purse.charAt(0)})`, en: `WebMoney (WM${purse.charAt(0)})` },
    marks: ['webmoney'],
    speed: 'at-once',
    fee: { basisPoints: 80 },
    routes: [
      { provider: 'webmoney', rate, ...range('RUB', 100_00n, 100_000_00n) },
      { provider: 'webmoney', ...range(unit, 1_00n, 1_000_00n) },
    ],
  };
}

/** Every way to pay that is set up, whether a system for it is switched on or not. */
export const configuredMethods = (payments: PaymentSettings): PaymentMethod[] =>
  payments.methodsFile === undefined
    ? usualMethods(payments)
    : methodsFromFile(payments.methodsFile);

/** What payers can choose, by the systems that are switched on; a method that no system takes is not shown. */
export function enabledMethods(payments: PaymentSettings): PaymentMethod[] {
  const enabled = new Set<string>(payments.enabled);
  const methods = configuredMethods(payments)
    .map((method) => ({
      ...method,
      routes: method.routes.filter((to) => enabled.has(to.provider)),
    }))
    .filter(({ routes, off }) => routes.length > 0 || off !== undefined);
  invariant(
    methods.some(({ off }) => off === undefined),
    'no payment method has a provider that is switched on',
  );
  return methods;
}
