import type { NoticeMessage } from '../../application/ports/notice-channel.ts';

/** Longest text Telegram takes. */
const longestText = 4_096;

/**
 * The body of `sendMessage`: plain text, so that nothing in it is markup; silent at night for what can wait. Links are
 * buttons below it. Telegram refuses a whole message for a button to a name without a dot, such as localhost: then
 * the links stay in the text.
 */
export const telegramBody = (chat: string, message: NoticeMessage): string => {
  const { subject, text, unlinkedText, links, severity } = message;
  const areButtons = links.length > 0 && links.every(({ url }) => isForButtons(url));
  const said = areButtons ? unlinkedText : text;
  return JSON.stringify({
    chat_id: chat,
    text: `${subject}\n\n${said}`.slice(0, longestText),
    disable_notification: severity > 'S2',
    link_preview_options: { is_disabled: true },
    ...(areButtons && {
      reply_markup: { inline_keyboard: links.map(({ label, url }) => [{ text: label, url }]) },
    }),
  });
};

const isForButtons = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && hostname.includes('.');
};
