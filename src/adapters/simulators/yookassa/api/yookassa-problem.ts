import { randomUUID } from 'node:crypto';
import type { Answer } from '../../faulty-call.ts';

interface ProblemDetails {
  /** None where the protocol has none. */
  readonly code?: string;
  readonly description: string;
  /** The field or header that is wrong. */
  readonly parameter?: string | undefined;
  readonly retry_after?: number;
}

/** An answer of the API that is an error: thrown where it is found, written as JSON at the edge. */
export class YookassaProblem extends Error {
  readonly status: number;
  readonly details: ProblemDetails;

  constructor(status: number, details: ProblemDetails) {
    super(details.description);
    this.status = status;
    this.details = details;
  }
}

/** The error in the form of the API. */
export function problemAnswer({ status, details }: YookassaProblem): Answer {
  return { status, body: { type: 'error', id: randomUUID(), ...details } };
}

/** The caller asked for something that cannot be: 400. */
export function invalidRequest(description: string, parameter?: string): YookassaProblem {
  return new YookassaProblem(400, { code: 'invalid_request', description, parameter });
}

/** It is not switched on for this shop: 403. */
export function forbidden(description: string, parameter?: string): YookassaProblem {
  return new YookassaProblem(403, { code: 'forbidden', description, parameter });
}

/** There is no such object: 404. */
export function notFound(parameter: string): YookassaProblem {
  const description = 'there is no such object';
  return new YookassaProblem(404, { code: 'not_found', description, parameter });
}

export const wrongCredentials = (): YookassaProblem =>
  new YookassaProblem(401, {
    code: 'invalid_credentials',
    description: 'the shop id or the secret key is wrong',
  });

export const outage = (): YookassaProblem =>
  new YookassaProblem(500, {
    code: 'internal_server_error',
    description: 'the simulator was told to fail',
  });

export const tooMany = (): YookassaProblem =>
  new YookassaProblem(429, {
    code: 'too_many_requests',
    description: 'the simulator was told that there are too many requests',
    retry_after: 1_500,
  });
