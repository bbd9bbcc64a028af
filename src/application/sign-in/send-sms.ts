import { isPhoneNumber } from '../../domain/phone-number.ts';
import { later, second, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { TakenMessage } from '../ports/outbox.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { SmsSender } from '../ports/sms-sender.ts';
import type { Delivery } from '../publish-outbox.ts';
import type { SmsOrder } from '../sms-message.ts';

/** At most so many copies of one text leave, counting those whose outcome nobody knows. */
const mostCopies = 3;

/** Hands a text to the SMS operator, while it is still of use. */
export const sendSms =
  (sender: SmsSender, secrets: Secrets, clock: Clock) =>
  async (message: TakenMessage): Promise<Delivery> => {
    if (message.customerId === undefined || message.attempts >= mostCopies) return 'done';
    const { sealed } = JSON.parse(message.body) as { readonly sealed: string };
    const order = JSON.parse(secrets.open(sealed, message.id)) as SmsOrder;
    const now = clock.now();
    if (now >= order.usefulUntil || !isPhoneNumber(order.to)) return 'done';

    const sent = await sender.send(order.to, order.text, message.id);
    switch (sent.outcome) {
      case 'accepted':
      case 'refused':
        return 'done';
      case 'not-attempted':
        return { againAt: soon(now, sent.retryAfterMs) };
      case 'unknown':
        // It may have arrived: give a receipt ten seconds before risking a second copy.
        return { againAt: soon(now, 10 * second) };
    }
  };

const soon = (now: Instant, ms: number): Instant => later(now, Math.max(second, ms));
