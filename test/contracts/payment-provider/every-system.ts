import type { SystemUnderTest } from './system.ts';
import { qiwiSystem } from './systems/qiwi.ts';
import { stripeSystem } from './systems/stripe.ts';
import { tbankSystem } from './systems/tbank.ts';
import { webmoneySystem } from './systems/webmoney.ts';
import { yookassaSystem } from './systems/yookassa.ts';
import { yoomoneyQuickpaySystem } from './systems/yoomoney-quickpay.ts';

/** Every payment system the kit is run against. A new provider is one line here. */
export const everySystem: readonly SystemUnderTest[] = [
  stripeSystem,
  tbankSystem,
  webmoneySystem,
  yookassaSystem,
  yoomoneyQuickpaySystem,
  qiwiSystem,
];
