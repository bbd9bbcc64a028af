import type { Outcome } from '../../../application/ports/payment-provider.ts';
import { jsonOf } from '../json.ts';
import { troubleOfError, unreadable, type Trouble } from '../trouble.ts';
import { tokenOf, type Fields } from './tbank-token.ts';
import { troubleOfStatus } from './tbank-trouble.ts';
import { answerShape, type TbankAnswer } from './tbank-wire.ts';

const longestAnswer = 1_000_000;

export const done = <Value>(value: Value): Outcome<Value> => ({ tag: 'done', value });

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
