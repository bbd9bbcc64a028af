import type { PaymentProvider } from '../application/ports/payment-provider.ts';
import { qiwi } from '../adapters/payment/qiwi/qiwi.ts';
import { stripe } from '../adapters/payment/stripe/stripe.ts';
import { tbank } from '../adapters/payment/tbank/tbank.ts';
import { webmoney } from '../adapters/payment/webmoney/webmoney.ts';
import { yookassa } from '../adapters/payment/yookassa/yookassa.ts';
import { yoomoneyQuickpay } from '../adapters/payment/yoomoney-quickpay/yoomoney-quickpay.ts';
import type { PaymentSettings, ProviderCode } from './payment-settings.ts';
import { readCertificate } from './webmoney-certificate.ts';

/** How each payment system is made of its settings. A new provider is one line here and one in payment-settings.ts. */
export const providerAdapters: Record<ProviderCode, (set: PaymentSettings) => PaymentProvider> = {
  stripe: (set) => stripe(set.stripe),
  yookassa: (set) => yookassa(set.yookassa),
  tbank: (set) => tbank(set.tbank),
  webmoney: ({ webmoney: set }) => webmoney({ ...set, refunds: webmoneyRefunds(set) }),
  qiwi: (set) => qiwi(set.qiwi),
  'yoomoney-quickpay': (set) => yoomoneyQuickpay(set.yoomoney),
};

/** Only a simulator pays back without the certificate of the WMID: elsewhere people do it. */
function webmoneyRefunds({ certificateFile, isSimulated }: PaymentSettings['webmoney']) {
  if (certificateFile !== undefined) return { certificate: readCertificate(certificateFile) };
  return isSimulated ? { certificate: undefined } : undefined;
}
