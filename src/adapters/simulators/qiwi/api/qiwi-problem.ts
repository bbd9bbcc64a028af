import { randomBytes } from 'node:crypto';
import type { Answer } from '../../faulty-call.ts';
import { timeText } from '../bill-time.ts';

const statuses = {
  'auth.unauthorized': 401,
  'api.invoice.not.found': 404,
  'refund.incorrect.amount': 400,
  'validation.error': 400,
  'http.message.conversion.failed': 400,
  'http.url.not.found': 404,
  'http.method.not.supported': 405,
  'http.media.type.not.acceptable': 406,
  'http.media.type.not.supported': 415,
  'internal.invoicing.api.error': 429,
  'internal.error': 500,
} as const;
export type ErrorCode = keyof typeof statuses;

/** A refusal in the API's own form. */
export class QiwiProblem extends Error {
  readonly errorCode: ErrorCode;

  constructor(errorCode: ErrorCode, description: string) {
    super(description);
    this.errorCode = errorCode;
  }

  answer(nowMs: number): Answer {
    const { errorCode, message: description } = this;
    const body = {
      serviceName: 'invoicing-api',
      errorCode,
      description,
      userMessage: description,
      datetime: timeText(nowMs),
      traceId: randomBytes(8).toString('hex'),
    };
    return { status: statuses[errorCode], body };
  }
}

export const notValid = (description: string): QiwiProblem =>
  new QiwiProblem('validation.error', description);

export const notFound = (what: string): QiwiProblem =>
  new QiwiProblem('api.invoice.not.found', `${what} is not found`);
