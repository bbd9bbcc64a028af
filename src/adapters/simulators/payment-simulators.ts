import type { Router } from '@koa/router';
import { qiwiSimulator, type QiwiSimulatorSettings } from './qiwi/qiwi-simulator.ts';
import { stripeSimulator, type StripeSettings } from './stripe/stripe-simulator.ts';
import { tbankSimulator, type TbankSimulatorSettings } from './tbank/tbank-simulator.ts';
import {
  webmoneySimulator,
  type WebmoneySimulatorSettings,
} from './webmoney/webmoney-simulator.ts';
import type { World } from './world.ts';
import {
  yookassaSimulator,
  type YookassaSimulatorSettings,
} from './yookassa/yookassa-simulator.ts';
import {
  yoomoneyQuickpaySimulator,
  type YoomoneyQuickpaySimulatorSettings,
} from './yoomoney-quickpay/yoomoney-quickpay-simulator.ts';

/** Which payment systems are stood in for, each with the shop it knows. */
export interface PaymentSimulators {
  readonly stripe: StripeSettings;
  readonly yookassa?: YookassaSimulatorSettings;
  readonly tbank?: TbankSimulatorSettings;
  readonly webmoney?: WebmoneySimulatorSettings;
  readonly yoomoneyQuickpay?: YoomoneyQuickpaySimulatorSettings;
  readonly qiwi?: QiwiSimulatorSettings;
}

/** What the start page says of each. */
export interface StandIn {
  readonly code: string;
  readonly title: string;
  /** Where it speaks its protocol. */
  readonly speaks: string;
}

/** Puts the payment systems' stand-ins behind a router; returns those that are there. */
export function paymentSimulators(
  router: Router,
  shops: PaymentSimulators,
  world: World,
): readonly StandIn[] {
  const standIns: StandIn[] = [];
  const add = (code: string, title: string, speaks: string) => {
    standIns.push({ code, title, speaks });
  };
  stripeSimulator(router, shops.stripe, world);
  add('stripe', 'Stripe', 'Checkout under /v1');
  if (shops.yookassa) {
    yookassaSimulator(router, shops.yookassa, world);
    add('yookassa', 'YooKassa', 'API v3 under /v3');
  }
  if (shops.tbank) {
    tbankSimulator(router, shops.tbank, world);
    add('tbank', 'T-Bank', 'e-acquiring under /tbank/v2');
  }
  if (shops.webmoney) {
    webmoneySimulator(router, shops.webmoney, world);
    add('webmoney', 'WebMoney', 'the merchant’s form at /lmi/payment_utf.asp');
  }
  if (shops.yoomoneyQuickpay) {
    yoomoneyQuickpaySimulator(router, shops.yoomoneyQuickpay, world);
    add('yoomoney-quickpay', 'YooMoney wallet', 'the form at /quickpay/confirm');
  }
  if (shops.qiwi) {
    qiwiSimulator(router, shops.qiwi, world);
    add('qiwi', 'QIWI', 'bills under /partner/bill/v1');
  }
  return standIns;
}
