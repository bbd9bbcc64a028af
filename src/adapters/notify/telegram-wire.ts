import type { NoticeMessage } from '../../application/ports/notice-channel.ts';

/** Longest text Telegram takes. */
const longestText = 4_096;

/** The body of `sendMessage`: plain text, so that nothing in it is markup; silent at night for what can wait. */
export const telegramBody = (chat: string, { subject, text, severity }: NoticeMessage): string =>
  JSON.stringify({
    chat_id: chat,
    text: `${subject}\n\n${text}`.slice(0, longestText),
    disable_notification: severity > 'S2',
    link_preview_options: { is_disabled: true },
  });
