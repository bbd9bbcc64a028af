import type { Context } from 'koa';
import type { Fault } from './faults.ts';
import { cutConnection } from './request-body.ts';
import type { Timers } from './timers.ts';

/** An answer ready to be written: JSON unless `type` says otherwise. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a payment system answers when it fails, in its own form. */
export interface FaultAnswers {
  readonly broken: Answer;
  readonly tooMany: Answer;
}

/** Answers a call with the ordered trouble: before the effect nothing is done, after it all is done and the answer lost. */
export async function answerWithFault(
  ctx: Context,
  fault: Fault | undefined,
  answers: FaultAnswers,
  timers: Timers,
  effect: () => Answer | Promise<Answer>,
): Promise<void> {
  switch (fault?.fault) {
    case 'reset-before-effect':
      return cutConnection(ctx);
    case '500-before-effect':
      return write(ctx, answers.broken);
    case '429':
      return write(ctx, answers.tooMany);
    case 'hang-before-effect':
      await timers.sleep(fault.delayMs);
      return write(ctx, await effect());
    case 'reset-after-effect':
      await effect();
      return cutConnection(ctx);
    case '500-after-effect':
      await effect();
      return write(ctx, answers.broken);
    case 'hang-after-effect': {
      const answer = await effect();
      await timers.sleep(fault.delayMs);
      return write(ctx, answer);
    }
    case undefined:
      return write(ctx, await effect());
  }
}

/** Writes an answer. */
export function write(ctx: Context, { status, body, type, headers }: Answer): void {
  ctx.status = status;
  if (type !== undefined) ctx.type = type;
  for (const [name, value] of Object.entries(headers ?? {})) ctx.set(name, value);
  ctx.body = body;
}
