import { isPhoneNumber } from '../../domain/phone-number.ts';
import { inLatin, smsSegments } from '../../domain/sms-text.ts';
import { type CalendarDay, dayIn } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { NoticeChannel, NoticeOutcome } from '../ports/notice-channel.ts';
import type { SmsSender } from '../ports/sms-sender.ts';
import type { SmsSpending } from '../ports/sms-spending.ts';

/** Short messages through the operator that also sends codes. */
export const smsChannel = (sender: SmsSender): NoticeChannel => ({
  send: async (address, { id, shortText }) => {
    if (!isPhoneNumber(address)) return noNumber;
    return sender.send(address, shortText, id);
  },
});

const noNumber = { outcome: 'refused', why: 'no phone number' } as const;

export interface SmsLimit {
  /** How many short messages a day of this zone may have. */
  readonly segmentsPerDay: number;
  readonly timeZone: string;
  /** Whether Russian is written in Latin letters, which takes half as many. */
  readonly isLatin: boolean;
}

/**
 * The same with a limit on what a day costs. What would exceed it is refused, so that it goes by another channel or
 * fails visibly; `tellReached` hears of it once a day. What may have been sent counts as sent.
 */
export const limitedSmsChannel = (
  sender: SmsSender,
  spending: SmsSpending,
  { segmentsPerDay, timeZone, isLatin }: SmsLimit,
  tellReached: (day: CalendarDay) => Promise<unknown>,
  clock: Clock,
): NoticeChannel => {
  let toldOn: CalendarDay | undefined;
  const reached = async (day: CalendarDay): Promise<NoticeOutcome> => {
    if (toldOn !== day) {
      await tellReached(day);
      toldOn = day;
    }
    return { outcome: 'refused', why: 'the day’s limit of short messages is used up' };
  };
  const deliver: NoticeChannel['send'] = async (address, { id, shortText }) => {
    if (!isPhoneNumber(address)) return noNumber;
    const text = isLatin ? inLatin(shortText) : shortText;
    const [day, segments] = [dayIn(timeZone, clock.now()), smsSegments(text)];
    if (!(await spending.take(day, segments, segmentsPerDay))) return reached(day);
    const outcome = await sender.send(address, text, id);
    const didLeave = outcome.outcome === 'accepted' || outcome.outcome === 'unknown';
    // Not given back, it only counts as sent: the limit holds all the same.
    if (!didLeave) await spending.giveBack(day, segments).catch(() => undefined);
    return outcome;
  };
  return {
    send: (address, message) => deliver(address, message).catch(() => uncounted),
  };
};

const uncounted: NoticeOutcome = {
  outcome: 'not-attempted',
  why: 'nobody knows how many short messages left today',
};
