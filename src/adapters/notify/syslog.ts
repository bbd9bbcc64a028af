import { connect as connectPlainly, type Socket } from 'node:net';
import { connect as connectSafely } from 'node:tls';
import type { NoticeChannel, NoticeOutcome } from '../../application/ports/notice-channel.ts';
import { codeOf, inTime, outcomeOfError, usualTimeoutMs } from './in-time.ts';
import { syslogFrame } from './syslog-wire.ts';

export interface SyslogTarget {
  readonly host: string;
  readonly port: number;
  /** Plain TCP only inside one trusted network. */
  readonly security: 'tls' | 'none';
  /** Certificates (PEM) of who may have signed the collector's; undefined for the usual ones. */
  readonly ca?: string;
}

/** A log collector (SIEM) by RFC 5424 over TCP or TLS. `hostName` is how we call ourselves. */
export const syslogChannel = (
  targets: ReadonlyMap<string, SyslogTarget>,
  hostName: string,
  timeoutMs = usualTimeoutMs,
): NoticeChannel => ({
  send: async (address, { id, news, at }) => {
    const target = targets.get(address);
    if (target === undefined) return { outcome: 'refused', why: 'no such target' };
    const frames = Buffer.concat(news.map((one) => syslogFrame(hostName, one, at)));
    return inTime(timeoutMs, (signal) => deliver(target, frames, id, signal));
  },
});

/** The protocol has no answer: what the collector took before it closed its side counts as accepted. */
const deliver = (
  { host, port, security, ca }: SyslogTarget,
  frames: Buffer,
  reference: string,
  signal: AbortSignal,
): Promise<NoticeOutcome> =>
  new Promise((resolve) => {
    let isConnected = false;
    const onConnect = (): void => {
      isConnected = true;
      socket.end(frames);
    };
    const socket: Socket =
      security === 'tls'
        ? connectSafely(
            { host, port, servername: host, ...(ca !== undefined && { ca }) },
            onConnect,
          )
        : connectPlainly({ host, port }, onConnect);
    signal.addEventListener('abort', () => {
      socket.destroy();
    });
    socket.resume();
    socket.on('error', (error) => {
      // Before the connection stands, TLS included, nothing was sent.
      const why = `no connection (${codeOf(error)})`;
      resolve(isConnected ? outcomeOfError(error) : { outcome: 'not-attempted', why });
    });
    socket.on('close', (hadError) => {
      if (!hadError) resolve({ outcome: 'accepted', reference });
    });
  });
