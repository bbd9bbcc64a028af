export interface StripeProblemDetails {
  readonly type: 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'rate_limit_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
}

/** An answer of the API that is an error: thrown where it is found, written as JSON at the edge. */
export class StripeProblem extends Error {
  readonly status: number;
  readonly details: StripeProblemDetails;

  constructor(status: number, details: StripeProblemDetails) {
    super(details.message);
    this.status = status;
    this.details = details;
  }
}

/** The caller asked for something that cannot be: 400. */
export function invalidRequest(message: string, param?: string, code?: string): StripeProblem {
  return new StripeProblem(400, {
    type: 'invalid_request_error',
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });
}

/** There is no such object: 404. */
export function noSuch(thing: string, id: string, param: string): StripeProblem {
  const message = `No such ${thing}: '${id}'`;
  return new StripeProblem(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message,
    param,
  });
}
