import { createTransport } from 'nodemailer';
import type { NoticeChannel, NoticeOutcome } from '../../application/ports/notice-channel.ts';
import { codeOf, inTime, outcomeOfError, usualTimeoutMs } from './in-time.ts';
import { letterOf, outcomeOfReply } from './mail-wire.ts';

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte · `starttls`: asked for, and insisted on · `none`: inside one machine or a test only. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
}

/** E-mail by SMTP. One connection per letter: alarms are rare, and an idle connection is found dead when it is needed. */
export function mailChannel(settings: MailSettings, timeoutMs = usualTimeoutMs): NoticeChannel {
  const transport = mailTransport(settings, timeoutMs);
  const { from } = settings;
  return {
    send: (address, message) =>
      inTime(timeoutMs, async (): Promise<NoticeOutcome> => {
        try {
          await transport.sendMail(letterOf(from, address, message));
          return { outcome: 'accepted', reference: message.id };
        } catch (error) {
          return outcomeOfMailError(error);
        }
      }),
  };
}

/** The way to a mail server; no letter may read files or addresses of its own. */
export function mailTransport(settings: MailSettings, timeoutMs: number) {
  const { host, port, security, user, password } = settings;
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The package's own codes for what happens before a letter leaves: no name, no connection, no TLS, no access. */
const beforeLeaving = ['EDNS', 'ECONNECTION', 'ESOCKET', 'ETLS', 'EAUTH'];

/** What it means that the package gave up. */
export function outcomeOfMailError(error: unknown): NoticeOutcome {
  const code = codeOf(error);
  if (beforeLeaving.includes(code)) {
    return { outcome: 'not-attempted', why: `no connection (${code})` };
  }
  if (error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number') {
    return outcomeOfReply(error.responseCode);
  }
  return outcomeOfError(error);
}
