import type { z } from 'zod';
import type { Outcome } from '../../../application/ports/payment-provider.ts';
import { isTimeLeft, waitUntil } from '../deadline.ts';
import { troubleOfError, unreadable } from '../trouble.ts';
import { errorShape, readJson } from './qiwi-objects.ts';
import { notFoundCode, troubleOfStatus } from './qiwi-trouble.ts';

export interface QiwiAccess {
  /** `https://api.qiwi.com/partner/bill/v1`, or where the simulator is. */
  readonly apiUrl: string;
  readonly secretKey: string;
}

/** One call. The path carries our own id, which makes a repeated PUT the same call. */
export interface Call<Value> {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly shape: z.ZodType<Value>;
}
export type Answer<Value> = Outcome<Value | 'absent'>;

const longestAnswer = 1_000_000;

/** Makes a call once; it may take the given share of the time that is left. */
export async function call<Value>(
  { apiUrl, secretKey }: QiwiAccess,
  { method, path, body, shape }: Call<Value>,
  until: number,
  share = 1,
): Promise<Answer<Value>> {
  try {
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        accept: 'application/json',
        'content-type': 'application/json;charset=UTF-8',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(waitUntil(until, share)),
    });
    const text = await response.text();
    const json = text.length > longestAnswer ? undefined : readJson(text);
    if (response.status === 200) {
      const { data } = shape.safeParse(json);
      return data === undefined ? unreadable : { tag: 'done', value: data };
    }
    const code = errorShape.safeParse(json).data?.errorCode;
    // Only its own word says that it has never heard of the thing; any 404 does not.
    if (response.status === 404 && code === notFoundCode) return { tag: 'done', value: 'absent' };
    return troubleOfStatus(response.status, code, response.headers.get('retry-after'));
  } catch (error) {
    return troubleOfError(error);
  }
}

/** Makes a call that carries its own key, and once more while its answer is lost. */
export async function twice<Value>(
  access: QiwiAccess,
  wish: Call<Value>,
  until: number,
): Promise<Answer<Value>> {
  const first = await call(access, wish, until, 0.4);
  if (first.tag !== 'unknown' || !isTimeLeft(until)) return first;
  const again = await call(access, wish, until, 0.6);
  // Whatever else the second one says, the first may have had its effect.
  return again.tag === 'done' && again.value !== 'absent' ? again : first;
}
