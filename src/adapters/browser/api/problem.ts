import type { ProblemJson } from '../../http/contract/problem-json.ts';

const typePrefix = 'urn:kabinet:problem:';

/** The portal answered with problem+json: it refused, or its own machinery failed. */
export class Problem extends Error {
  readonly reason: string;
  readonly status: number;
  readonly body: ProblemJson;

  constructor(body: ProblemJson) {
    super(`${body.type} (${String(body.status)})`);
    this.name = 'Problem';
    this.body = body;
    this.status = body.status;
    this.reason = reasonOf(body);
  }
}

/** No answer came: no network, or it took too long. Nobody knows whether the request arrived. */
export class NoAnswer extends Error {
  constructor(path: string, cause: unknown) {
    super(`no answer from ${path}`, { cause });
    this.name = 'NoAnswer';
  }
}

/** Reads any error answer as a problem, also one from a proxy that speaks no problem+json. */
export function problemFrom(status: number, body: unknown): Problem {
  const given = isProblem(body) ? body : undefined;
  return new Problem({
    ...given,
    type: given?.type ?? typePrefix + reasonByStatus(status),
    title: given?.title ?? '',
    status,
  });
}

function reasonOf(body: ProblemJson): string {
  return body.type.startsWith(typePrefix)
    ? body.type.slice(typePrefix.length)
    : reasonByStatus(body.status);
}

function reasonByStatus(status: number): string {
  if (status === 401) return 'not-signed-in';
  if (status === 403 || status === 404) return 'not-found';
  if (status === 429) return 'too-busy';
  if (status >= 502 && status <= 504) return 'temporarily-unavailable';
  return status >= 500 ? 'internal' : 'invalid-request';
}

function isProblem(body: unknown): body is ProblemJson {
  return (
    typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string'
  );
}
