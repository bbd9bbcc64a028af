import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { localCertificate, localKey } from './local-certificate.ts';

/** A letter as a real SMTP server took it. */
export interface TakenLetter {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

const listening = async (server: { listen(...args: [number, string, () => void]): unknown }) =>
  new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });

/** An SMTP server; `reply` is the code with which it takes a letter's data, 250 for yes. */
export const givenSmtpServer = async (
  options: { readonly security?: 'tls' | 'starttls' | 'none'; readonly user?: string } = {},
) => {
  const letters: TakenLetter[] = [];
  const state = { reply: 250, isSilent: false };
  const { security = 'none', user } = options;
  const server = new SMTPServer({
    secure: security === 'tls',
    ...(security !== 'none' && { key: localKey, cert: localCertificate }),
    disabledCommands: security === 'starttls' ? [] : ['STARTTLS'],
    authOptional: user === undefined,
    allowInsecureAuth: true,
    closeTimeout: 100,
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      if (username === user && password === 'open') done(null, { user: username });
      else done(new Error('no'));
    },
    onData: (stream, { envelope }, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        if (state.isSilent) return;
        if (state.reply !== 250) {
          done(Object.assign(new Error('not now'), { responseCode: state.reply }));
          return;
        }
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        letters.push({ from, to: envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await listening(server);
  return {
    letters,
    state,
    port: (server.server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
};

export interface TakenPost {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP server that takes posts and answers as told. */
export const givenHttpListener = async () => {
  const posts: TakenPost[] = [];
  const state = { status: 200, headers: {} as Record<string, string>, isSilent: false };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      posts.push({ path: request.url ?? '', headers: request.headers, body });
      if (state.isSilent) return;
      response.writeHead(state.status, state.headers).end('{}');
    });
  });
  await listening(server);
  return {
    posts,
    state,
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: async () => {
      server.closeAllConnections();
      await closed(server);
    },
  };
};

/** A log collector by RFC 6587 and RFC 5424, over TCP or TLS: it takes frames apart by their count of octets. */
export const givenSyslogCollector = async (security: 'tls' | 'none' = 'none') => {
  const events: string[] = [];
  const broken: string[] = [];
  const onConnection = (socket: Socket): void => {
    let held = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      for (;;) {
        const space = held.indexOf(32);
        if (space < 0) return;
        const count = Number(held.subarray(0, space).toString());
        if (!Number.isSafeInteger(count) || count < 1) broken.push(held.toString());
        if (held.length < space + 1 + count) return;
        events.push(held.subarray(space + 1, space + 1 + count).toString());
        held = held.subarray(space + 1 + count);
      }
    });
    socket.on('end', () => {
      if (held.length > 0) broken.push(held.toString());
    });
  };
  const server =
    security === 'tls'
      ? createTls({ key: localKey, cert: localCertificate }, onConnection)
      : createTcp(onConnection);
  await listening(server);
  return {
    events,
    broken,
    port: (server.address() as AddressInfo).port,
    close: () => closed(server),
  };
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
