import { z } from 'zod';

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''));
const mode = z.enum(['test', 'live']);
const first = z
  .string()
  .min(1)
  .transform((text): [string, ...string[]] => {
    const [newest = '', ...older] = text.split(',');
    return [newest, ...older];
  });
const secrets = z.string().transform((text) => text.split(','));

export const providerCodes = [
  'stripe',
  'yookassa',
  'tbank',
  'webmoney',
  'yoomoney-quickpay',
  'qiwi',
] as const;
export type ProviderCode = (typeof providerCodes)[number];

const codes = z
  .string()
  .transform((text) => text.split(',').map((code) => code.trim()))
  .pipe(z.array(z.enum(providerCodes)).min(1));

/** What can be set of payment systems, with the values of the demo where nothing is set. */
export const paymentEnvironment = z.object({
  PAYMENT_PROVIDERS: codes.default([...providerCodes]),
  PAYMENT_METHODS: z.string().optional(),
  STRIPE_API_URL: url.optional(),
  STRIPE_SECRET_KEY: z.string().default('sk_test_kabinet_demo'),
  STRIPE_WEBHOOK_SECRETS: secrets.default(['whsec_kabinet_demo']),
  STRIPE_MODE: mode.default('test'),
  YOOKASSA_API_URL: url.optional(),
  YOOKASSA_SHOP_ID: z.string().regex(/^\d+$/).default('100500'),
  YOOKASSA_SECRET_KEY: z.string().default('test_kabinet_demo'),
  TBANK_API_URL: url.optional(),
  TBANK_TERMINAL_KEY: z.string().max(20).default('KabinetDEMO'),
  TBANK_PASSWORDS: first.default(['kabinet-demo']),
  YOOMONEY_FORM_URL: url.optional(),
  YOOMONEY_RECEIVER: z
    .string()
    .regex(/^\d{11,33}$/)
    .default('41001000000001'),
  YOOMONEY_SECRETS: secrets.default(['kabinet-demo-secret']),
  YOOMONEY_MODE: mode.default('test'),
  WEBMONEY_FORM_URL: url.optional(),
  WEBMONEY_STATUS_URL: url.optional(),
  WEBMONEY_KEEPER_URL: url.optional(),
  WEBMONEY_WMID: z
    .string()
    .regex(/^\d{12}$/)
    .default('123456789012'),
  WEBMONEY_PURSE: z
    .string()
    .regex(/^[ZE]\d{12}$/)
    .default('Z123456789012'),
  WEBMONEY_SECRET_KEYS: secrets.default(['kabinet-demo']),
  WEBMONEY_SECRET_KEY_X20: z.string().max(50).default('kabinet-demo-x20'),
  /** A PEM file with the WMID's certificate and its key: without one refunds are made by hand. */
  WEBMONEY_CERTIFICATE: z.string().min(1).optional(),
  WEBMONEY_MODE: mode.default('test'),
  /** How many units of the purse one rouble is. */
  WEBMONEY_RATE: z.string().default('0.0125'),
  QIWI_API_URL: url.optional(),
  QIWI_SITE_ID: z.string().default('kabinet'),
  QIWI_SECRET_KEY: z.string().default('kabinet-demo-qiwi'),
  QIWI_MODE: mode.default('test'),
});
type Given = z.output<typeof paymentEnvironment>;

/** Settings of the payment systems, each for its adapter. */
export type PaymentSettings = ReturnType<typeof paymentSettings>;

/** Puts every address that is not set at the simulators. */
export function paymentSettings(set: Given, simulatorsUrl: string) {
  return {
    enabled: set.PAYMENT_PROVIDERS,
    methodsFile: set.PAYMENT_METHODS,
    stripe: {
      apiUrl: set.STRIPE_API_URL ?? simulatorsUrl,
      secretKey: set.STRIPE_SECRET_KEY,
      webhookSecrets: set.STRIPE_WEBHOOK_SECRETS,
      mode: set.STRIPE_MODE,
    },
    yookassa: {
      apiUrl: set.YOOKASSA_API_URL ?? `${simulatorsUrl}/v3`,
      shopId: set.YOOKASSA_SHOP_ID,
      secretKey: set.YOOKASSA_SECRET_KEY,
      // The simulator tells from this machine, not from YooKassa's networks.
      moreSources: set.YOOKASSA_API_URL === undefined ? ['127.0.0.1', '::1'] : [],
    },
    tbank: {
      apiUrl: set.TBANK_API_URL ?? `${simulatorsUrl}/tbank/v2`,
      terminalKey: set.TBANK_TERMINAL_KEY,
      /** The first signs; with each of them notifications may be signed. */
      passwords: set.TBANK_PASSWORDS,
    },
    yoomoney: {
      formUrl: set.YOOMONEY_FORM_URL ?? `${simulatorsUrl}/quickpay/confirm`,
      receiver: set.YOOMONEY_RECEIVER,
      secrets: set.YOOMONEY_SECRETS,
      paymentType: 'PC' as const,
      acceptsSha1: false,
      mode: set.YOOMONEY_MODE,
    },
    webmoney: webmoneySettings(set, simulatorsUrl),
    qiwi: {
      apiUrl: set.QIWI_API_URL ?? `${simulatorsUrl}/partner/bill/v1`,
      siteId: set.QIWI_SITE_ID,
      secretKey: set.QIWI_SECRET_KEY,
      mode: set.QIWI_MODE,
    },
  };
}

const webmoneySettings = (set: Given, simulatorsUrl: string) => ({
  formUrl: set.WEBMONEY_FORM_URL ?? `${simulatorsUrl}/lmi/payment_utf.asp`,
  statusUrl: set.WEBMONEY_STATUS_URL ?? `${simulatorsUrl}/conf/xml/XMLTransGet.asp`,
  keeperUrl: set.WEBMONEY_KEEPER_URL ?? simulatorsUrl,
  wmid: set.WEBMONEY_WMID,
  purse: set.WEBMONEY_PURSE,
  secretKeys: set.WEBMONEY_SECRET_KEYS,
  hashMethod: 'sha256' as const,
  secretKeyX20: set.WEBMONEY_SECRET_KEY_X20,
  mode: set.WEBMONEY_MODE,
  certificateFile: set.WEBMONEY_CERTIFICATE,
  isSimulated: set.WEBMONEY_KEEPER_URL === undefined,
  rate: set.WEBMONEY_RATE,
});
