import { z } from 'zod';
import { jsonOf } from '../json.ts';
import { troubleOfError, unreadable, type Trouble } from '../trouble.ts';

export interface YookassaAccess {
  /** `https://api.yookassa.ru/v3`, or where the simulator is. */
  readonly apiUrl: string;
  readonly shopId: string;
  readonly secretKey: string;
}

export type Answer<Value> = { readonly tag: 'done'; readonly value: Value | 'absent' } | Trouble;

/** One call: a POST carries its key, which makes a repetition the same call. */
export interface Call<Value> {
  readonly path: string;
  readonly shape: z.ZodType<Value>;
  readonly post?: { readonly body: object; readonly key: string };
  readonly deadlineMs: number;
}

const longestAnswer = 2_000_000;

/** Calls YooKassa once; the deadline holds for the whole answer. Nothing of its wording leaves this file. */
export async function callYookassa<Value>(
  { apiUrl, shopId, secretKey }: YookassaAccess,
  { path, shape, post, deadlineMs }: Call<Value>,
): Promise<Answer<Value>> {
  const basic = Buffer.from(`${shopId}:${secretKey}`).toString('base64');
  const headers = { authorization: `Basic ${basic}`, accept: 'application/json' };
  try {
    const response = await fetch(apiUrl + path, {
      method: post === undefined ? 'GET' : 'POST',
      headers: {
        ...headers,
        ...(post && { 'content-type': 'application/json', 'idempotence-key': post.key }),
      },
      ...(post && { body: JSON.stringify(post.body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(Math.max(Math.ceil(deadlineMs), 1)),
    });
    const text = (await response.text()).slice(0, longestAnswer);
    return understood(response.status, text, shape);
  } catch (error) {
    return troubleOfError(error);
  }
}

const errorShape = z.object({
  type: z.string().optional(),
  code: z.string().optional(),
  parameter: z.string().optional(),
  retry_after: z.number().optional(),
});

function understood<Value>(status: number, text: string, shape: z.ZodType<Value>): Answer<Value> {
  const json = jsonOf(text);
  if (status === 200) {
    const read = shape.safeParse(json);
    if (read.success) return { tag: 'done', value: read.data };
    return unreadable;
  }
  const { code, parameter, retry_after: retryAfterMs } = errorShape.safeParse(json).data ?? {};
  switch (status) {
    case 404:
      return { tag: 'done', value: 'absent' };
    case 401:
    case 403:
      return {
        tag: 'not-attempted',
        why: `the provider does not take our key (${String(status)})`,
      };
    case 429:
      return {
        tag: 'not-attempted',
        why: 'the provider limits our rate',
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      };
    case 400:
    case 405:
    case 410:
    case 415:
      // Something went out under this key before, and it may have had its effect.
      if (parameter === 'Idempotence-Key') {
        return { tag: 'unknown', why: 'this key was used with other parameters' };
      }
      return {
        tag: 'invalid',
        why: `the provider does not take the request (${named(code, parameter)})`,
      };
    default:
      return { tag: 'unknown', why: `the provider answered ${String(status)}` };
  }
}

/** Its code and field names, never its sentences: those may quote what was sent. */
function named(...words: readonly (string | undefined)[]): string {
  const known = words.filter((word) => word !== undefined && /^[\w.[\]-]{1,80}$/.test(word));
  return known.length === 0 ? 'no code' : known.join(' ');
}
