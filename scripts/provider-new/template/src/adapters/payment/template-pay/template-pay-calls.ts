import type { Outcome } from '../../../../../../../src/application/ports/payment-provider.ts';
import { waitUntil } from '../../../../../../../src/adapters/payment/deadline.ts';
import { jsonOf } from '../../../../../../../src/adapters/payment/json.ts';
import {
  rateLimited,
  secondsOf,
  troubleOfError,
  unreadable,
  type Trouble,
} from '../../../../../../../src/adapters/payment/trouble.ts';
import { paymentShape, type TemplatePayPayment } from './template-pay-wire.ts';

export interface TemplatePayAccess {
  /** `https://api.template-pay.example`, or the simulator's. */
  readonly apiUrl: string;
  /** Opens the API and signs notifications. */
  readonly secretKey: string;
}

const longestAnswer = 1_000_000;

/** Makes a payment under our id with `body`, or asks for it without; believes no answer about another. */
export async function call(
  { apiUrl, secretKey }: TemplatePayAccess,
  id: string,
  until: number,
  body?: object,
): Promise<Outcome<TemplatePayPayment | 'absent'>> {
  const authorization = `Bearer ${secretKey}`;
  const path = body === undefined ? `/payments/${encodeURIComponent(id)}` : '/payments';
  const creating = { 'content-type': 'application/json', 'idempotency-key': id };
  try {
    const response = await fetch(apiUrl + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: body === undefined ? { authorization } : { authorization, ...creating },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(waitUntil(until)),
    });
    const text = await response.text();
    const json = text.length > longestAnswer ? undefined : jsonOf(text);
    if (response.status === 200) {
      const { data } = paymentShape.safeParse(json);
      return data?.id === id ? { tag: 'done', value: data } : unreadable;
    }
    // Only their own word says that they have never heard of it; any 404 does not.
    const isAbsent = JSON.stringify(json) === '{"error":"no-such-payment"}';
    if (response.status === 404 && isAbsent) return { tag: 'done', value: 'absent' };
    return troubleOfStatus(response.status, response.headers.get('retry-after'));
  } catch (error) {
    return troubleOfError(error);
  }
}

// What surely had no effect and what nobody knows: their documentation of errors, in our words. Never quote their text.
function troubleOfStatus(status: number, retryAfter: string | null): Trouble {
  if (status === 429) return rateLimited(secondsOf(retryAfter));
  if (status === 401) return { tag: 'not-attempted', why: 'the provider does not take our key' };
  if (status === 400) return { tag: 'invalid', why: 'the provider does not take the request' };
  return { tag: 'unknown', why: `the provider answered ${String(status)}` };
}
