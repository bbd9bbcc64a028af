import { NoAnswer, problemFrom } from './problem.ts';
import { noteServerDate } from './server-clock.ts';

const answerTimeoutMs = 30_000;

export interface CallOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Calls the portal's API from its own origin. Answers the parsed body, which is the contract's
 * type for that path. Throws Problem when the portal refused, NoAnswer when nothing came back.
 */
export async function call<Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const response = await send(method, path, options);
  noteServerDate(response.headers.get('date'), Date.now());
  if (!response.ok) throw problemFrom(response.status, await parsed(response));
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

/** A file the portal gave out, and the name it is to be kept by. */
export interface ServedFile {
  readonly blob: Blob;
  readonly name: string;
}

/** Fetches a file from the portal's API; throws as `call` does. */
export async function callFile(path: string): Promise<ServedFile> {
  const response = await send('GET', path, {});
  noteServerDate(response.headers.get('date'), Date.now());
  if (!response.ok) throw problemFrom(response.status, await parsed(response));
  const disposition = response.headers.get('content-disposition') ?? '';
  const name = /filename="([^"]+)"/u.exec(disposition)?.[1] ?? 'file';
  return { blob: await response.blob(), name };
}

async function send(method: string, path: string, options: CallOptions): Promise<Response> {
  const timeout = AbortSignal.timeout(answerTimeoutMs);
  const signal = options.signal === undefined ? timeout : joined(options.signal, timeout);
  try {
    return await fetch(path, {
      method,
      signal,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        accept: 'application/json, application/problem+json',
        ...(method === 'GET' ? {} : { 'X-Kabinet': '1', 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(options.body ?? {}) }),
    });
  } catch (cause) {
    if (options.signal?.aborted === true) throw cause;
    throw new NoAnswer(path, cause);
  }
}

function joined(one: AbortSignal, other: AbortSignal): AbortSignal {
  return AbortSignal.any([one, other]);
}

async function parsed(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
