import { isPhoneNumber } from '../../domain/phone-number.ts';
import type { NoticeChannel } from '../ports/notice-channel.ts';
import type { SmsSender } from '../ports/sms-sender.ts';

/** Short messages through the operator that also sends codes. */
export const smsChannel = (sender: SmsSender): NoticeChannel => ({
  send: async (address, { id, shortText }) => {
    if (!isPhoneNumber(address)) return { outcome: 'refused', why: 'no phone number' };
    return sender.send(address, shortText, id);
  },
});
