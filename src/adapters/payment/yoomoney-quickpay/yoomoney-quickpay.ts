import type {
  CreateCommand,
  Created,
  Outcome,
  PaymentProvider,
} from '../../../application/ports/payment-provider.ts';
import {
  formFields,
  readNotice,
  type FormSettings,
  type NoticeSettings,
} from './yoomoney-quickpay-wire.ts';
import { statusAnswer } from '../status-answer.ts';

export interface YoomoneyQuickpaySettings extends FormSettings, NoticeSettings {
  /** `https://yoomoney.ru/quickpay/confirm`, or the simulator's. */
  readonly formUrl: string;
}

/** A YooMoney wallet without a contract: the payer's browser makes the payment by a form, a notification proves it. */
export function yoomoneyQuickpay(settings: YoomoneyQuickpaySettings): PaymentProvider {
  return {
    code: 'yoomoney-quickpay',
    mode: settings.mode,
    create: (command) => Promise.resolve(create(settings, command)),
    readNotification: ({ body }) => readNotice(body, settings),
    answer,
  };
}

/** No call: everything is in the form, and nobody there knows of it before the payer does. */
function create(settings: YoomoneyQuickpaySettings, command: CreateCommand): Outcome<Created> {
  const fields = formFields(command, settings);
  if (fields === undefined) {
    return { tag: 'invalid', why: 'this sum cannot be paid to the wallet in this way' };
  }
  const redirect = { kind: 'form-post', action: settings.formUrl, fields } as const;
  return { tag: 'done', value: { redirect } };
}

/** The wallet looks at the status only, and comes again twice, the last time an hour later, after anything but 200. */
const answer = statusAnswer();
