import { createServer, type RequestListener, type Server } from 'node:http';
import type { Running } from './running.ts';

const drainMs = 10_000;

/** Opens an HTTP server; throws an Error of one sentence when the port is taken. Stopping lets requests finish. */
export async function listen(
  serve: RequestListener,
  host: string,
  port: number,
  setting: string,
): Promise<Running & { readonly port: number }> {
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 30_000 }, serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(sentence(error, host, port, setting), { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () => drain(server),
  };
}

function sentence(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
  setting: string,
): string {
  if (error.code === 'EADDRINUSE') {
    return `port ${String(port)} is in use; stop what listens there or set ${setting} to another`;
  }
  if (error.code === 'EACCES') {
    return `port ${String(port)} may not be opened by this user; set ${setting} to one above 1024`;
  }
  return `cannot listen on ${host}:${String(port)} (${error.code ?? error.message})`;
}

/** Connections that fall idle while closing would hold the server open; they are shut as they do. */
async function drain(server: Server): Promise<void> {
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  const atLast = setTimeout(() => {
    server.closeAllConnections();
  }, drainMs);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearInterval(idle);
  clearTimeout(atLast);
}
