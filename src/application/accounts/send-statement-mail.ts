import { isEmailAddress } from '../../domain/email-address.ts';
import type { Customer } from '../../domain/customer.ts';
import { hour, later, minute, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { CustomerStore } from '../ports/customer-store.ts';
import type { CustomerLetter, LetterSender } from '../ports/letter-sender.ts';
import type { StatementPrinter, StatementView } from '../ports/statement-files.ts';
import type { StatementOrders, TakenOrder } from '../ports/statement-orders.ts';
import type { ShowStatement } from './show-statement.ts';

/** Longer than drawing and sending may take together. */
const leaseMs = 2 * minute;
/** After a day nobody waits for it any more. */
const usefulMs = 24 * hour;
const longestPauseMs = hour;

/** What a letter is made of and by. */
export interface MailingTools {
  readonly orders: StatementOrders;
  readonly customers: CustomerStore;
  readonly printer: StatementPrinter;
  readonly sender: LetterSender;
}

/**
 * Sends one statement that was asked for by e-mail; answers whether there was one. A letter that surely did not leave
 * is tried again, one that may have left is not: a customer can ask again, and no statement lies in a mailbox twice.
 */
export const sendStatementMail =
  (show: ShowStatement, { orders, customers, printer, sender }: MailingTools, clock: Clock) =>
  async (): Promise<boolean> => {
    const now = clock.now();
    const order = await orders.take(leaseMs, now);
    if (order === undefined) return false;
    const wait = (askedMs = 0): Promise<void> => orders.again(order.id, pause(order, now, askedMs));

    const customer = await customers.find(order.customerId);
    const isUseful = now < later(order.orderedAt, usefulMs);
    const to = customer?.email;
    if (customer === undefined || to === undefined || !isEmailAddress(to) || !isUseful) {
      await orders.done(order.id);
      return true;
    }
    const shown = await show(order.accountId, customer, order.period, 'pdf');
    if (!shown.ok) {
      if (shown.refusal.reason === 'history-incomplete') await wait();
      else await orders.done(order.id);
      return true;
    }
    const bytes = await printer.printStatement(shown.value, order.locale);
    const sent = await sender.send(letterOf(order, customer, to, shown.value, bytes));
    if (sent.outcome === 'not-attempted') await wait(sent.retryAfterMs);
    else await orders.done(order.id);
    return true;
  };
export type SendStatementMail = ReturnType<typeof sendStatementMail>;

/** A minute, doubling to an hour. */
const pause = ({ attempts }: TakenOrder, now: Instant, askedMs: number): Instant =>
  later(now, Math.max(askedMs, Math.min(longestPauseMs, minute * 2 ** Math.min(attempts, 6))));

function letterOf(
  order: TakenOrder,
  customer: Customer,
  to: string,
  { company, statement }: StatementView,
  bytes: Uint8Array,
): CustomerLetter {
  const { from, to: until } = statement.period;
  const number = statement.account.number;
  const texts = {
    ru: {
      subject: `Выписка по лицевому счёту ${number} с ${from} по ${until}`,
      text: [
        `Здравствуйте, ${customer.name}!`,
        '',
        `Вы попросили выписку по лицевому счёту ${number} с ${from} по ${until}. Она в приложенном файле.`,
        '',
        `Если вы её не просили, смените пароль и сообщите нам: ${company.support}.`,
        '',
        company.name,
      ],
    },
    en: {
      subject: `Statement of account ${number}, ${from} to ${until}`,
      text: [
        `Hello ${customer.name},`,
        '',
        `You asked for a statement of account ${number}, ${from} to ${until}. It is in the file attached.`,
        '',
        `If you did not ask for it, change your password and tell us: ${company.support}.`,
        '',
        company.name,
      ],
    },
  }[order.locale];
  const name = `statement_${number.replaceAll(/[^A-Za-z0-9.]+/g, '-')}_${from}_${until}.pdf`;
  return {
    id: order.id,
    to,
    subject: texts.subject,
    text: texts.text.join('\n'),
    at: order.orderedAt,
    attachment: { name, type: 'application/pdf', bytes },
  };
}
