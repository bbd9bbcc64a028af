import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackage } from './debian-package.ts';
import { freePort } from './free-port.ts';
import { localCertificate, localKey } from './local-certificate.ts';
import { endProcess, hasEnded, waitFor } from './processes.ts';

const program = '/usr/sbin/rsyslogd';
const library = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
const tlsDriver = `/usr/lib/${library}/rsyslog/lmnsd_gtls.so`;

/** True when rsyslogd and its driver for TLS are there or could be installed; else the reason. */
export const ensureRsyslogd = async (): Promise<true | string> => {
  const isThere = await ensurePackage('rsyslog', program);
  return isThere === true ? ensurePackage('rsyslog-gnutls', tlsDriver) : isThere;
};

/** A message as rsyslogd took it apart. */
export interface SyslogRecord {
  readonly pri: string;
  readonly version: string;
  readonly time: string;
  readonly host: string;
  readonly app: string;
  readonly procid: string;
  readonly msgid: string;
  readonly structured: string;
  readonly msg: string;
}

const fields: readonly (readonly [property: string, name: keyof SyslogRecord, more?: string])[] = [
  ['pri', 'pri'],
  ['protocol-version', 'version'],
  ['timereported', 'time', 'dateFormat="rfc3339"'],
  ['hostname', 'host'],
  ['app-name', 'app'],
  ['procid', 'procid'],
  ['msgid', 'msgid'],
  ['structured-data', 'structured'],
  ['msg', 'msg'],
];

/** Everything that comes is written as one line of JSON, by rsyslog's own parsing and escaping. */
const settings = (directory: string, plainPort: number, tlsPort: number): string => `
global(
  workDirectory="${directory}" maxMessageSize="64k"
  defaultNetstreamDriverCAFile="${directory}/local.crt"
  defaultNetstreamDriverCertFile="${directory}/local.crt"
  defaultNetstreamDriverKeyFile="${directory}/local.key"
)
module(load="imptcp")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
template(name="json" type="list") {
  constant(value="{")
  ${fields
    .map(
      ([property, name, more = '']) =>
        `property(name="${property}" outname="${name}" format="jsonf" ${more})`,
    )
    .join('\n  constant(value=",")\n  ')}
  constant(value="}\\n")
}
ruleset(name="keep") { action(type="omfile" file="${directory}/records.json" template="json") }
input(type="imptcp" address="127.0.0.1" port="${String(plainPort)}" ruleset="keep")
input(type="imtcp" address="127.0.0.1" port="${String(tlsPort)}" ruleset="keep")
`;

/** Debian's own rsyslogd on loopback, over plain TCP and TLS. */
export const startRsyslogd = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-rsyslog-'));
  const [plainPort, tlsPort] = [await freePort(), await freePort()];
  const file = join(directory, 'rsyslog.conf');
  writeFileSync(file, settings(directory, plainPort, tlsPort));
  writeFileSync(join(directory, 'local.crt'), `${localCertificate}\n`);
  writeFileSync(join(directory, 'local.key'), `${localKey}\n`, { mode: 0o600 });
  const daemon = spawn(program, ['-n', '-f', file, '-i', join(directory, 'pid')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const keep = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000));
  daemon.stdout.on('data', keep);
  daemon.stderr.on('data', keep);
  const killed = () => daemon.kill('SIGKILL');
  process.once('exit', killed);
  const records = (): SyslogRecord[] => {
    const path = join(directory, 'records.json');
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as SyslogRecord);
  };
  const stop = async (): Promise<void> => {
    await endProcess(daemon);
    process.off('exit', killed);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await waitFor('rsyslogd', async () => {
      if (hasEnded(daemon)) throw new Error(`rsyslogd ended while starting: ${said.trim()}`);
      return (await listens(plainPort)) && (await listens(tlsPort));
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { plainPort, tlsPort, records, stop };
};
export type TestRsyslogd = Awaited<ReturnType<typeof startRsyslogd>>;

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
