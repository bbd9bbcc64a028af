/** How the payer's browser comes back: `0` by address, `1` by a form, `2` by a bare link. */
export type BackMethod = '0' | '1' | '2';
export type HashMethod = 'SHA256' | 'MD5';

/** The shop's purse, and what its owner has set for it. */
export interface WebmoneySimulatorSettings {
  /** Who owns the purse: twelve digits. */
  readonly wmid: string;
  /** A letter, which is the currency, and twelve digits. */
  readonly purse: string;
  /** Signs what the shop is told, and proves who asks for a status. */
  readonly secretKey: string;
  /** Signs the shop's forms. Where it is given, a form without a good signature is refused. */
  readonly secretKeyX20?: string;
  /** The Result URL: where the shop is asked and told. */
  readonly notifyUrl: string;
  readonly successUrl: string;
  readonly failUrl: string;
  /** `0` unless set otherwise. */
  readonly successMethod?: BackMethod;
  readonly failMethod?: BackMethod;
  /** Whether a form may name other addresses than these; not, unless set. */
  readonly takesUrlsFromForm?: boolean;
  /** Whether the purse is in test mode: nothing is paid for real and `LMI_MODE` is 1. */
  readonly isTest?: boolean;
  readonly hashMethod?: HashMethod;
  /** Whether the question before the payment names the payment; it does, unless set. */
  readonly sendsParameters?: boolean;
  /** Whether the secret key itself is sent with a notification, as nobody should wish. */
  readonly sendsSecretKey?: boolean;
  /** Whether the shop hears of tries that failed. */
  readonly tellsFailures?: boolean;
  /** Whether a payment number can be paid only once. */
  readonly hasUniqueNumbers?: boolean;
  /** Whether the shop has the agreement that `LMI_HOLD` needs. */
  readonly allowsHold?: boolean;
  /** Whether refunds and the history come with the certificate of the WMID: then `sign` may be empty. */
  readonly showsCertificate?: boolean;
  /** What a question about an unpaid invoice brings: 7, or −8 as in older texts. */
  readonly unpaidRetval?: 7 | -8;
  /** The shop's own form field with its id of the payment. */
  readonly paymentIdField?: string;
}

export type ShopPurse = Required<Omit<WebmoneySimulatorSettings, 'secretKeyX20'>> &
  Pick<WebmoneySimulatorSettings, 'secretKeyX20'>;

/** Fills in what the owner has left as it was. */
export function shopPurse(settings: WebmoneySimulatorSettings): ShopPurse {
  return {
    successMethod: '0',
    failMethod: '0',
    takesUrlsFromForm: false,
    isTest: false,
    hashMethod: 'SHA256',
    sendsParameters: true,
    sendsSecretKey: false,
    tellsFailures: false,
    hasUniqueNumbers: false,
    allowsHold: false,
    showsCertificate: false,
    unpaidRetval: 7,
    paymentIdField: 'PORTAL_PAYMENT_ID',
    ...settings,
  };
}

const currencies: Readonly<Record<string, string>> = {
  Z: 'USD',
  E: 'EUR',
  K: 'KZT',
  U: 'UAH',
  B: 'BYN',
  Y: 'UZS',
  R: 'RUB',
  P: 'RUB',
};

/** The currency a purse is kept in; title units without a currency of their own keep their name. */
export function currencyOf(purse: string): string {
  return currencies[purse.slice(0, 1)] ?? titleUnit(purse);
}

/** The name of the purse's title unit: WMZ for a dollar purse. */
export const titleUnit = (purse: string): string => `WM${purse.slice(0, 1)}`;

/** The purses kept in roubles lost their guarantor in 2022. */
export const isClosed = (purse: string): boolean => /^[RP]/.test(purse);

/** What the shop is told of the mode: 1 is a test. */
export const modeOf = ({ isTest }: ShopPurse): '0' | '1' => (isTest ? '1' : '0');
