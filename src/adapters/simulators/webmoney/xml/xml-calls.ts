import type { Context } from 'koa';
import type { ZodType } from 'zod';
import { answerWithFault, write } from '../../faulty-call.ts';
import type { Answer, FaultAnswers } from '../../faulty-call.ts';
import type { Faults, FaultyCall } from '../../faults.ts';
import { readText } from '../../request-body.ts';
import type { Timers } from '../../timers.ts';
import { element, xmlAnswer } from './xml-answer.ts';
import type { Xml } from './xml-answer.ts';
import { readXml } from './xml-request.ts';

/**
 * What a refusal says. That zero is good and all else is not is the protocol's; except for 7 and −100 the numbers are
 * this simulator's own, and a shop should not rely on them.
 */
export const retvals = {
  unknown: 7,
  badRequest: -100,
  notAllowed: -101,
  numberNotGrowing: -102,
  notSoMuchLeft: 17,
  tooLate: 18,
} as const;

/** A refusal: a number and a word for people. */
export class XmlProblem extends Error {
  readonly retval: number;

  constructor(retval: number, message: string) {
    super(message);
    this.retval = retval;
  }
}

/** One call of the XML interfaces. */
export interface XmlCall<Request> {
  readonly kind: FaultyCall;
  readonly root: 'merchant.response' | 'w3s.response';
  readonly shape: ZodType<Request>;
  /** Whether it says that all is well before it tells what was asked. */
  readonly saysFirst?: boolean;
  /** Throws where the caller may not ask. */
  admit(request: Request): void;
  /** What an answer begins with, a refusal too. */
  lead(request: Request): Xml[];
  /** Does what is asked and tells it. */
  work(request: Request): Xml[];
}

const faultAnswers: FaultAnswers = {
  broken: { status: 500, type: 'text', body: 'The simulator was told to fail' },
  tooMany: { status: 429, type: 'text', body: 'Too many requests, the simulator was told to say' },
};

/** How every call of the XML interfaces is taken; a refusal is answered with 200 too. */
export class XmlCalls {
  readonly #faults: Faults;
  readonly #timers: Timers;

  constructor(faults: Faults, timers: Timers) {
    this.#faults = faults;
    this.#timers = timers;
  }

  async answer<Request>(ctx: Context, call: XmlCall<Request>): Promise<void> {
    const text = await readText(ctx);
    if (!ctx.is('text/xml', 'application/xml')) {
      const problem = new XmlProblem(retvals.badRequest, 'the content type is not text/xml');
      return write(ctx, refused(call.root, [], problem));
    }
    const parsed = call.shape.safeParse(readXml(text));
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0] ?? { path: [], message: '' };
      const problem = new XmlProblem(retvals.badRequest, `${path.join('/')}: ${message}`);
      return write(ctx, refused(call.root, [], problem));
    }
    const request = parsed.data;
    try {
      call.admit(request);
    } catch (error) {
      return write(ctx, refused(call.root, call.lead(request), error));
    }
    const fault = this.#faults.take(call.kind);
    await answerWithFault(ctx, fault, faultAnswers, this.#timers, () => done(call, request));
  }
}

function done<Request>(call: XmlCall<Request>, request: Request): Answer {
  const lead = call.lead(request);
  try {
    const told = call.work(request);
    const good = [element('retval', '0'), element('retdesc', '')];
    const inOrder = call.saysFirst === true ? [...good, ...told] : [...told, ...good];
    return xmlAnswer(element(call.root, [...lead, ...inOrder]));
  } catch (error) {
    return refused(call.root, lead, error);
  }
}

function refused(root: string, lead: readonly Xml[], error: unknown): Answer {
  if (!(error instanceof XmlProblem)) throw error;
  const { retval, message } = error;
  const said = [element('retval', String(retval)), element('retdesc', message)];
  return xmlAnswer(element(root, [...lead, ...said]));
}
