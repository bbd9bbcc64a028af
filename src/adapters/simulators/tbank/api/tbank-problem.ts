/** The error codes of the API that the simulator answers with. */
export const errorCodes = {
  unknownPayment: '7',
  wrongState: '8',
  terminalBlocked: '202',
  wrongToken: '204',
  badReceipt: '308',
  wrongTerminal: '331',
  badRequest: '9999',
} as const;
export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes];

/** An answer of the API that is an error: thrown where it is found, written as JSON at the edge. */
export class TbankProblem extends Error {
  readonly code: ErrorCode;
  readonly details: string;

  constructor(code: ErrorCode, message: string, details = '') {
    super(message);
    this.code = code;
    this.details = details;
  }
}

export const badRequest = (details: string): TbankProblem =>
  new TbankProblem(errorCodes.badRequest, 'The parameters are wrong', details);

export const wrongState = (details: string): TbankProblem =>
  new TbankProblem(errorCodes.wrongState, 'The payment is not in a state for this', details);

export const unknownPayment = (id: string): TbankProblem =>
  new TbankProblem(errorCodes.unknownPayment, 'There is no such payment', `PaymentId ${id}`);
