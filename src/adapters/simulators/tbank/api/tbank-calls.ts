import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import type { ZodType } from 'zod';
import { answerWithFault, write } from '../../faulty-call.ts';
import type { Answer, FaultAnswers } from '../../faulty-call.ts';
import type { Faults, FaultyCall } from '../../faults.ts';
import { parseJson, readText } from '../../request-body.ts';
import type { Timers } from '../../timers.ts';
import type { Terminal } from '../terminal.ts';
import { tokenOf } from '../token.ts';
import type { Fields } from '../token.ts';
import { TbankProblem, badRequest, errorCodes } from './tbank-problem.ts';

const outage = { Success: false, ErrorCode: '9999', Message: 'The simulator was told to fail' };
const faultAnswers: FaultAnswers = {
  broken: { status: 500, body: outage },
  tooMany: { status: 429, body: outage },
};

/** How every call of the API is taken: terminal, token, shape, ordered faults; errors are answered with 200 too. */
export class TbankCalls {
  readonly #terminal: Terminal;
  readonly #faults: Faults;
  readonly #timers: Timers;

  constructor(terminal: Terminal, faults: Faults, timers: Timers) {
    this.#terminal = terminal;
    this.#faults = faults;
    this.#timers = timers;
  }

  async answer<Request>(
    ctx: Context,
    shape: ZodType<Request>,
    kindOf: (request: Request) => FaultyCall,
    work: (request: Request) => Fields,
  ): Promise<void> {
    try {
      const fields = await readFields(ctx);
      this.#admit(fields);
      const request = parse(shape, fields);
      const fault = this.#faults.take(kindOf(request));
      const effect = () => this.#done(() => work(request));
      await answerWithFault(ctx, fault, faultAnswers, this.#timers, effect);
    } catch (error) {
      write(ctx, this.#refused(error));
    }
  }

  #admit(fields: Fields): void {
    const { key, password, isBlocked } = this.#terminal;
    if (fields['TerminalKey'] !== key) {
      throw new TbankProblem(errorCodes.wrongTerminal, 'There is no such terminal');
    }
    const { Token } = fields;
    if (typeof Token !== 'string' || !isSame(Token, tokenOf(fields, password))) {
      throw new TbankProblem(errorCodes.wrongToken, 'The token is wrong');
    }
    if (isBlocked) throw new TbankProblem(errorCodes.terminalBlocked, 'The terminal is blocked');
  }

  #done(work: () => Fields): Answer {
    try {
      const fine = { Success: true, ErrorCode: '0', Message: 'OK' };
      return { status: 200, body: { TerminalKey: this.#terminal.key, ...fine, ...work() } };
    } catch (error) {
      return this.#refused(error);
    }
  }

  #refused(error: unknown): Answer {
    if (!(error instanceof TbankProblem)) throw error;
    const { code: ErrorCode, message: Message, details: Details } = error;
    return { status: 200, body: { Success: false, ErrorCode, Message, Details } };
  }
}

async function readFields(ctx: Context): Promise<Fields> {
  const json = parseJson(await readText(ctx));
  if (!ctx.is('application/json')) throw badRequest('the content type is not application/json');
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw badRequest('the body is not a JSON object');
  }
  return json as Fields;
}

function parse<Request>(shape: ZodType<Request>, fields: Fields): Request {
  const parsed = shape.safeParse(fields);
  if (parsed.success) return parsed.data;

  const issue = parsed.error.issues[0];
  const details = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`;
  if (issue?.path[0] !== 'Receipt') throw badRequest(details);
  throw new TbankProblem(errorCodes.badReceipt, 'The receipt is wrong', details);
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
