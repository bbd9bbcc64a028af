import type { NoticeMessage, NoticeOutcome } from '../../application/ports/notice-channel.ts';

/** A letter as the mail package takes it. */
export interface Letter {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly date: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly priority: 'high' | 'normal';
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
}

/** Writes the letter of a notice; its id is the same for every attempt, so that a mailbox can tell a repetition. */
export function letterOf(from: string, to: string, message: NoticeMessage): Letter {
  const host = /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'kabinet.invalid';
  return {
    from,
    to,
    subject: message.subject,
    text: `${message.text}\n`,
    messageId: `<${message.id}@${host}>`,
    date: new Date(message.at),
    headers: {
      // No out-of-office answers to an alarm.
      'Auto-Submitted': 'auto-generated',
      'X-Kabinet-Severity': message.severity,
    },
    priority: message.severity === 'S1' ? 'high' : 'normal',
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What a mail server's refusal means, by its reply code: 5 for good, 4 for now. */
export function outcomeOfReply(code: number): NoticeOutcome {
  const why = `the mail server answered ${String(code)}`;
  // Who we are is our settings' matter: it may be mended, so the notice waits.
  if (code === 530 || code === 534 || code === 535) return { outcome: 'not-attempted', why };
  return code >= 500 ? { outcome: 'refused', why } : { outcome: 'not-attempted', why };
}
