import type { CustomerLetter, LetterSender } from '../../application/ports/letter-sender.ts';
import type { NoticeOutcome } from '../../application/ports/notice-channel.ts';
import { inTime } from './in-time.ts';
import { mailTransport, outcomeOfMailError, type MailSettings } from './mail.ts';

/** A file of some megabytes takes longer than an alarm. */
const usualTimeoutMs = 30_000;

/** Letters to customers by SMTP, one connection each. */
export function letterMail(settings: MailSettings, timeoutMs = usualTimeoutMs): LetterSender {
  const transport = mailTransport(settings, timeoutMs);
  const host = /@([A-Za-z0-9.-]+)/.exec(settings.from)?.[1] ?? 'kabinet.invalid';
  return {
    send: (letter) =>
      inTime(timeoutMs, async (): Promise<NoticeOutcome> => {
        try {
          await transport.sendMail(mailOf(letter, settings.from, host));
          return { outcome: 'accepted', reference: letter.id };
        } catch (error) {
          return outcomeOfMailError(error);
        }
      }),
  };
}

const mailOf = (
  { id, to, subject, text, at, attachment }: CustomerLetter,
  from: string,
  host: string,
) => ({
  from,
  // As an object: nothing in it can become a second address.
  to: { name: '', address: to },
  subject,
  text: `${text}\n`,
  messageId: `<${id}@${host}>`,
  date: new Date(at),
  headers: { 'Auto-Submitted': 'auto-generated' },
  attachments: [
    {
      filename: attachment.name,
      contentType: attachment.type,
      content: Buffer.from(attachment.bytes),
    },
  ],
  disableFileAccess: true,
  disableUrlAccess: true,
});
