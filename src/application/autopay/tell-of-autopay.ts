import type { Account } from '../../domain/account.ts';
import type { AutoPay, AutoPayEnd } from '../../domain/autopay.ts';
import type { Locale } from '../../domain/locale.ts';
import type { Money } from '../../domain/money.ts';
import { day, later, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { CustomerStore } from '../ports/customer-store.ts';
import type { OutgoingMessage } from '../ports/outbox.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { Secrets } from '../ports/secrets.ts';
import { smsMessage } from '../sms-message.ts';
import { endText, noticeText } from './autopay-texts.ts';

/** Where the portal is, for whoever reads a message. */
export interface PortalPlace {
  readonly timeZone: string;
  /** Its name, without the scheme. */
  readonly host: string;
}

/** Makes the messages that tell a customer of auto-pay; undefined where there is nothing to tell, or nobody. */
export const tellOfAutoPay = (
  customers: CustomerStore,
  secrets: Secrets,
  randomness: Randomness,
  at: PortalPlace,
  clock: Clock,
) => {
  const message = async (
    { customerId }: AutoPay,
    usefulUntil: Instant,
    write: (locale: Locale) => string | undefined,
  ): Promise<OutgoingMessage | undefined> => {
    const customer = await customers.find(customerId);
    const text = customer && write(customer.locale);
    if (text === undefined) return undefined;
    const order = { to: customer?.phone ?? '', text, usefulUntil };
    return smsMessage(secrets, randomness.id(), customerId, order, clock.now());
  };
  const words = (autopay: AutoPay, account: Account, amount: Money) => ({
    ...{ amount, accountNumber: account.number, ...at },
    ...{ chargeAt: autopay.stage.chargeAt, limit: autopay.limit },
  });
  return {
    notice: (autopay: AutoPay, account: Account): Promise<OutgoingMessage | undefined> => {
      const { stage } = autopay;
      if (stage.tag !== 'announced') return Promise.resolve(undefined);
      return message(autopay, stage.chargeAt, (locale) =>
        noticeText(locale, words(autopay, account, stage.amount)),
      );
    },
    end: (
      autopay: AutoPay,
      account: Account,
      end: AutoPayEnd,
      amount: Money,
    ): Promise<OutgoingMessage | undefined> =>
      message(autopay, later(clock.now(), day), (locale) =>
        endText(locale, end, words(autopay, account, amount)),
      ),
  };
};
export type TellOfAutoPay = ReturnType<typeof tellOfAutoPay>;
