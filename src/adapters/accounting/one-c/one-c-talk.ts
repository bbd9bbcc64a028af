import { Outage, TooBusy } from '../../../application/ports/outage.ts';
import { queryText, readJson } from './one-c-wire.ts';

/** 1C looked at it and said no; asking again changes nothing. */
export class OneCRefusal extends Error {
  override readonly name: string = 'OneCRefusal';
}
/** Somebody changed the thing after we looked at it. */
export class OneCChanged extends Error {
  override readonly name: string = 'OneCChanged';
}

/** Where the infobase is published, and who asks. */
export interface OneCPlace {
  /** The publication, without a slash at its end: `https://books.example.org/buh`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** What is asked for of an entity set or of one of its functions. */
export interface Question {
  readonly filter?: string;
  readonly select?: readonly string[];
  readonly orderby?: string;
}

/** The standard REST interface of 1C:Enterprise 8, OData 3. */
export interface OneCTalk {
  /** All rows; `path` is an entity set, or one with a function behind a slash. Fails where there are more than fit. */
  rows(path: string, question: Question): Promise<readonly Row[]>;
  create(set: string, values: Row): Promise<Row>;
  /** Calls a method of one object, unless it was changed since `version`. */
  act(object: string, action: string, version: string | undefined): Promise<void>;
}

const callLimitMs = 30_000;
const busyRetryMs = 5_000;
export const rowsPerPage = 500;
/** Above it something is wrong with the question; a part of a sum would be a wrong sum. */
export const mostRows = 200_000;

/**
 * Talks to 1C. A refusal by its rules is thrown as OneCRefusal, everything that may pass by itself or by an
 * administrator (no answer, no such user, an object that is not published) as Outage or TooBusy. Where an answer did not
 * come, what was asked for may have happened.
 */
export function oneCTalk(place: OneCPlace): OneCTalk {
  const name = Buffer.from(`${place.user}:${place.password}`, 'utf8').toString('base64');
  const base = `${place.url}/odata/standard.odata`;
  const call = async (
    method: 'GET' | 'POST',
    path: string,
    { query, body, version }: { query?: string; body?: Row; version?: string | undefined },
  ): Promise<unknown> => {
    const url = `${base}/${encodeURI(path)}${query === undefined ? '' : `?${query}`}`;
    const { status, text } = await send(url, {
      method,
      headers: {
        Authorization: `Basic ${name}`,
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json; charset=utf-8' }),
        ...(version !== undefined && { 'If-Match': version }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (status >= 200 && status < 300) return text === '' ? undefined : jsonOf(text);
    throw troubleOf(status, text, path);
  };

  return {
    rows: async (path, question) => {
      const found: Row[] = [];
      // Pages of what has no order may show a row twice and another never: such an answer comes whole.
      const isPaged = question.orderby !== undefined;
      for (;;) {
        const query = queryText({ ...optionsOf(question, found.length), $format: 'json' });
        const page = pageOf(await call('GET', path, { query }), path);
        found.push(...page);
        if (found.length > mostRows) throw new Error(`1C has more than ${String(mostRows)} rows`);
        if (!isPaged || page.length < rowsPerPage) return found;
      }
    },
    create: async (set, values) => {
      const made = await call('POST', set, { query: '$format=json', body: values });
      if (!isRow(made)) throw new Outage(`1C does not say what it made in ${set}`);
      return made;
    },
    act: async (object, action, version) => {
      const query = 'PostingModeOperational=false';
      await call('POST', `${object}/${action}`, { query, version });
    },
  };
}

const optionsOf = ({ filter, select, orderby }: Question, skip: number) => ({
  ...(filter !== undefined && { $filter: filter }),
  ...(select !== undefined && { $select: select.join(',') }),
  ...(orderby !== undefined && {
    ...{ $orderby: orderby, $top: String(rowsPerPage), $skip: String(skip) },
  }),
});

async function send(url: string, request: RequestInit) {
  try {
    const signal = AbortSignal.timeout(callLimitMs);
    const response = await fetch(url, { ...request, redirect: 'error', signal });
    const bytes = await response.arrayBuffer();
    // Takes a byte order mark away, and is stopped by what is no UTF-8.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { status: response.status, text };
  } catch (error) {
    throw new Outage('1C does not answer', { cause: error });
  }
}

function jsonOf(text: string): unknown {
  const read = readJson(text);
  if (read === undefined) throw new Outage('1C answers no JSON');
  return read;
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

function pageOf(answer: unknown, path: string): readonly Row[] {
  const value = isRow(answer) ? answer['value'] : undefined;
  if (!Array.isArray(value) || !value.every(isRow)) {
    throw new Outage(`1C answers no rows of ${path}`);
  }
  return value;
}

/**
 * What an answer means. 1C says 500 also where a rule of its own refuses, and then names it; two that write at once are
 * told of a lock.
 */
export function troubleOf(status: number, body: string, path: string): Error {
  const said = messageOf(body);
  if (status === 401 || status === 403) return new Outage('1C does not let this user do that');
  if (status === 404)
    return new Outage(`1C does not publish ${path}: tick it for the REST interface`);
  if (status === 412) return new OneCChanged(`${path} was changed by somebody`);
  if (status === 429 || status === 503)
    return new TooBusy('1C takes no more calls now', busyRetryMs);
  if (said === undefined || status > 500)
    return new Outage(`1C answers with status ${String(status)}`);
  if (/блокиров/i.test(said)) return new TooBusy('1C: two writers met', 1_000);
  return new OneCRefusal(`1C: ${said}`);
}

function messageOf(body: string): string | undefined {
  const read = readJson(body);
  const error = isRow(read) ? read['odata.error'] : undefined;
  const message = isRow(error) ? error['message'] : undefined;
  const value = isRow(message) ? message['value'] : undefined;
  return typeof value === 'string' ? value.slice(0, 300) : undefined;
}
