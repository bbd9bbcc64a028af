import type { PaymentSimulators } from '../adapters/simulators/payment-simulators.ts';
import type { Config } from './config.ts';

/** The payment systems' stand-ins, each with what the portal is set to: its keys, and where it takes notifications. */
export function paymentSimulatorSettings({ payments, publicUrl }: Config): PaymentSimulators {
  const notifyUrl = (code: string) => `${publicUrl}/notify/${code}`;
  const { stripe, yookassa, tbank, webmoney, yoomoney, qiwi } = payments;
  return {
    stripe: {
      secretKey: stripe.secretKey,
      webhookSecret: stripe.webhookSecrets[0] ?? '',
      webhookUrl: notifyUrl('stripe'),
      livemode: stripe.mode === 'live',
    },
    yookassa: {
      shopId: yookassa.shopId,
      secretKey: yookassa.secretKey,
      notifyUrl: notifyUrl('yookassa'),
      methods: ['bank_card', 'yoo_money', 'sbp', 'sberbank', 'tinkoff_bank'],
    },
    tbank: {
      terminalKey: tbank.terminalKey,
      password: tbank.passwords[0],
      notifyUrl: notifyUrl('tbank'),
    },
    webmoney: {
      wmid: webmoney.wmid,
      purse: webmoney.purse,
      secretKey: webmoney.secretKeys[0] ?? '',
      secretKeyX20: webmoney.secretKeyX20,
      notifyUrl: notifyUrl('webmoney'),
      successUrl: `${publicUrl}/payments`,
      failUrl: `${publicUrl}/payments`,
      takesUrlsFromForm: true,
      isTest: webmoney.mode === 'test',
      showsCertificate: true,
    },
    yoomoneyQuickpay: {
      receiver: yoomoney.receiver,
      secret: yoomoney.secrets[0] ?? '',
      notifyUrl: notifyUrl('yoomoney-quickpay'),
    },
    qiwi: {
      siteId: qiwi.siteId,
      secretKey: qiwi.secretKey,
      notifyUrl: notifyUrl('qiwi'),
    },
  };
}
