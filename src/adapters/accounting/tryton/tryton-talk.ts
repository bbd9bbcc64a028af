import { Outage, TooBusy } from '../../../application/ports/outage.ts';

/** Tryton looked at it and said no; asking again changes nothing. */
export class TrytonRefusal extends Error {
  override readonly name: string = 'TrytonRefusal';
}

/** Where Tryton is and who asks. */
export interface TrytonPlace {
  /** Without a slash at its end. */
  readonly url: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** A call as the server takes it; the context is added to the parameters by whoever talks. */
export type TrytonCall = (method: string, ...params: readonly unknown[]) => Promise<unknown>;

const callLimitMs = 30_000;
const busyRetryMs = 1_000;
/** A session that ended is renewed once per call; a conflict of two writers is tried again. */
const triesOfCall = 3;

/**
 * Talks JSON-RPC. A refusal by a rule of Tryton is thrown as TrytonRefusal; everything that may pass by itself (no
 * answer, a conflict of writers, a server in trouble) as Outage or TooBusy. Where an answer did not come, what was
 * asked for may have happened. `more` stands in the context beside what the user prefers.
 */
export function trytonTalk(
  place: TrytonPlace,
  more: Readonly<Record<string, unknown>> = {},
): TrytonCall {
  let session: Promise<string> | undefined;
  let context: Readonly<Record<string, unknown>> = {};

  const signIn = async (): Promise<string> => {
    const params = [place.user, { password: place.password }, 'en'];
    const answer = await post(place, { method: 'common.db.login', params });
    if (answer.status === 401) throw new Outage('Tryton does not know this user and password');
    const [id, key] = read(answer) as [number, string];
    const name = Buffer.from(`${place.user}:${String(id)}:${key}`).toString('base64');
    const header = `Session ${name}`;
    const preferences = { method: 'model.res.user.get_preferences', params: [true, {}] };
    context = read(await post(place, preferences, header)) as Record<string, unknown>;
    return header;
  };

  const once = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const mine = (session ??= signIn());
    const header = await mine.catch((error: unknown) => {
      if (session === mine) session = undefined;
      throw error;
    });
    const last = { ...context, ...more };
    const answer = await post(place, { method, params: [...params, last] }, header);
    if (answer.status !== 401) return read(answer);
    if (session === mine) session = undefined;
    throw new Again('the session has ended');
  };

  return async (method, ...params) => {
    for (let tryNumber = 1; ; tryNumber += 1) {
      try {
        return await once(method, params);
      } catch (error) {
        if (!(error instanceof Again)) throw error;
        if (tryNumber === triesOfCall) throw new Outage(`Tryton: ${error.message}`);
      }
    }
  };
}

class Again extends Error {}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function post(
  { url, database }: TrytonPlace,
  call: { readonly method: string; readonly params: readonly unknown[] },
  authorization?: string,
): Promise<Answer> {
  try {
    const response = await fetch(`${url}/${encodeURIComponent(database)}/`, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'Content-Type': 'application/json',
        ...(authorization !== undefined && { Authorization: authorization }),
      },
      body: JSON.stringify({ id: 0, ...call }),
      signal: AbortSignal.timeout(callLimitMs),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    throw new Outage(`Tryton at ${url} does not answer`, { cause: error });
  }
}

/** The result of an answer; the server says 200 also where it refuses. */
function read({ status, body }: Answer): unknown {
  if (status === 429) throw new TooBusy('Tryton takes no more calls now', busyRetryMs);
  if (status !== 200) throw new Outage(`Tryton answers with status ${String(status)}`);
  const answer = jsonOf(body);
  if (typeof answer !== 'object' || answer === null) throw new Outage('Tryton answers no JSON');
  if ('error' in answer) throw troubleOf(answer.error);
  return 'result' in answer ? answer.result : undefined;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What the server’s names of trouble mean to us; a warning wants a person, so for us it is a refusal. */
export function troubleOf(error: unknown): Error {
  const [name, more] = (Array.isArray(error) ? error : [error]) as readonly unknown[];
  switch (name) {
    case 'UserError':
    case 'UserWarning':
      return new TrytonRefusal(sentenceOf(name === 'UserError' ? firstOf(more) : more));
    case 'ConcurrencyException':
      return new Again('two writers met');
    default:
      return new Outage(`Tryton is in trouble: ${sentenceOf(name)}`);
  }
}

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? (value[0] as unknown) : value);
const sentenceOf = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, 300) : JSON.stringify(value ?? '').slice(0, 300);
