import type { Outcome } from '../../../application/ports/payment-provider.ts';
import { tokenOf, type Fields } from './tbank-token.ts';
import { troubleOfError, troubleOfStatus, type Trouble } from './tbank-trouble.ts';
import { answerShape, type TbankAnswer } from './tbank-wire.ts';

/** How long a call may take that has no deadline of its own. */
export const callDeadlineMs = 10_000;
/** Shortest wait that may still bring an answer. */
const leastWaitMs = 200;
const longestAnswer = 1_000_000;

export const unreadable: Trouble = {
  tag: 'unknown',
  why: 'the answer has not the form it should have',
};
export const done = <Value>(value: Value): Outcome<Value> => ({ tag: 'done', value });

export const isTimeLeft = (until: number): boolean => until - performance.now() > leastWaitMs;
export const waitUntil = (until: number, share = 1): number =>
  Math.max(Math.floor((until - performance.now()) * share), leastWaitMs);

/** What the bank answered: yes, or no by one of its codes; or there was no answer to read. */
export type Told =
  | { readonly tag: 'yes'; readonly answer: TbankAnswer }
  | { readonly tag: 'no'; readonly code: string }
  | Trouble;

export type Method = 'Init' | 'GetState' | 'CheckOrder' | 'Confirm' | 'Cancel';
/** Makes one call. */
export type Ask = (method: Method, fields: Fields, timeoutMs: number) => Promise<Told>;

/** Makes calls that carry the terminal's name and token. */
export const asking =
  (apiUrl: string, terminalKey: string, password: string): Ask =>
  async (method, fields, timeoutMs) => {
    const named = { TerminalKey: terminalKey, ...fields };
    const body = JSON.stringify({ ...named, Token: tokenOf(named, password) });
    try {
      const answer = await fetch(`${apiUrl}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await answer.text();
      if (answer.status !== 200) {
        return troubleOfStatus(answer.status, answer.headers.get('retry-after'));
      }
      return toldBy(text, terminalKey);
    } catch (error) {
      return troubleOfError(error);
    }
  };

/** Reads an answer. Errors come with 200, too; only both its words together say yes. */
function toldBy(text: string, terminalKey: string): Told {
  const answer = text.length > longestAnswer ? undefined : answerShape.safeParse(jsonOf(text)).data;
  if (answer === undefined) return unreadable;
  const { Success: isFine, ErrorCode: code, TerminalKey: named = terminalKey } = answer;
  if (named !== terminalKey) return unreadable;
  if (isFine && code === '0') return { tag: 'yes', answer };
  return isFine || code === '0' ? unreadable : { tag: 'no', code };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Ends the work at its deadline, whatever it waits for. */
export async function inTime<Value>(
  deadlineMs: number,
  work: (until: number) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Outcome<Value>>((resolve) => {
    const outcome = { tag: 'unknown', why: 'the answer did not come in time' } as const;
    timer = setTimeout(() => resolve(outcome), deadlineMs);
  });
  return Promise.race([work(performance.now() + deadlineMs), tooLate]).finally(() =>
    clearTimeout(timer),
  );
}
