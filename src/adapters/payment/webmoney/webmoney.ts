import type {
  CreateCommand,
  Created,
  NotificationVerdict,
  Outcome,
  PaymentProvider,
  RawResponse,
} from '../../../application/ports/payment-provider.ts';
import { shortened } from '../shortened.ts';
import { formSign } from './webmoney-hashes.ts';
import { toPurseAmount } from './webmoney-money.ts';
import { readNotice, type NoticeSettings } from './webmoney-notices.ts';
import { refundsOf, type KeeperSettings } from './webmoney-refunds.ts';
import { askStatus, type StatusSettings } from './webmoney-status.ts';

export interface WebmoneySettings
  extends NoticeSettings, StatusSettings, Pick<KeeperSettings, 'keeperUrl'> {
  /** `https://merchant.webmoney.ru/lmi/payment_utf.asp`, or the simulator's. */
  readonly formUrl: string;
  /** Signs the form against a payer who edits it; undefined where the purse has no such key. */
  readonly secretKeyX20: string | undefined;
  /** Pays back by X14: with the WMID's certificate, or without one at a simulator. Undefined: by hand. */
  readonly refunds: Pick<KeeperSettings, 'certificate'> | undefined;
}

const longestDescription = 255;

/** WebMoney's merchant interface. The payer's browser makes the payment there, by a form; we are asked before it. */
export function webmoney(settings: WebmoneySettings): PaymentProvider {
  return {
    code: 'webmoney',
    mode: settings.mode,
    namesByNumber: true,
    create: (command) => Promise.resolve(create(settings, command)),
    query: async ({ number }) =>
      number === undefined
        ? { tag: 'invalid', why: 'the payment has no number' }
        : askStatus(settings, number),
    ...(settings.refunds !== undefined &&
      refundsOf({ ...settings, certificate: settings.refunds.certificate })),
    readNotification: ({ body }) => readNotice(body, settings),
    answer,
  };
}

/** `YES` lets the payment go on; any other text stops it and is shown to the payer. */
function answer(verdict: NotificationVerdict): RawResponse {
  switch (verdict) {
    case 'accepted':
      return { status: 200, body: 'YES' };
    case 'forbid':
      return { status: 200, body: 'This payment can no longer be made. Please start it again.' };
    case 'retry':
      return { status: 503, body: '' };
    case 'refused':
      return { status: 400, body: '' };
  }
}

/** No call: everything is in the form, and the same command makes the same form. */
function create(settings: WebmoneySettings, command: CreateCommand): Outcome<Created> {
  const { purse, formUrl, secretKeyX20: key, mode } = settings;
  const { number, returnUrl, paymentId } = command;
  const amount = toPurseAmount(command.amount, purse);
  if (amount === undefined || number === undefined) {
    return { tag: 'invalid', why: 'this sum cannot be paid to the purse' };
  }
  const description = shortened(command.description, longestDescription);
  const fields: [string, string][] = [
    ['LMI_PAYEE_PURSE', purse],
    ['LMI_PAYMENT_AMOUNT', amount],
    ['LMI_PAYMENT_NO', String(number)],
    ['LMI_PAYMENT_DESC_BASE64', Buffer.from(description, 'utf8').toString('base64')],
    ...(mode === 'test' ? ([['LMI_SIM_MODE', '0']] as [string, string][]) : []),
    ['LMI_SUCCESS_URL', returnUrl],
    ['LMI_SUCCESS_METHOD', '0'],
    ['LMI_FAIL_URL', returnUrl],
    ['LMI_FAIL_METHOD', '0'],
    ['PORTAL_PAYMENT_ID', paymentId],
  ];
  if (key !== undefined) {
    fields.push(['LMI_PAYMENTFORM_SIGN', formSign(purse, amount, String(number), key)]);
  }
  return { tag: 'done', value: { redirect: { kind: 'form-post', action: formUrl, fields } } };
}
