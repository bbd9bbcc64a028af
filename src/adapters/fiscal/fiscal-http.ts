import type { FiscalAnswer, FiscalRegister } from '../../application/ports/fiscal-register.ts';
import type { FiscalOrder } from '../../domain/fiscal/fiscal-order.ts';
import { orderBody, toAnswer, type FiscalTerms } from './fiscal-wire.ts';

export interface FiscalSettings extends FiscalTerms {
  /** Of the register's service, without a slash at the end. */
  readonly url: string;
  readonly token: string;
}

const usualTimeoutMs = 10_000;

/**
 * A service of cash registers over HTTP: an order is PUT under its key, as often as one likes, and the answer says how
 * it stands. Follows no redirect.
 */
export const fiscalHttp = (
  settings: FiscalSettings,
  timeoutMs = usualTimeoutMs,
): FiscalRegister => ({
  register: (order) => put(order, settings, timeoutMs),
});

async function put(
  order: FiscalOrder,
  settings: FiscalSettings,
  timeoutMs: number,
): Promise<FiscalAnswer> {
  try {
    const response = await fetch(`${settings.url}/receipts/${order.key}`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${settings.token}`,
      },
      body: JSON.stringify(orderBody(order, settings)),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return toAnswer(response.status, parsed(await response.text()));
  } catch (error) {
    const name = error instanceof Error ? error.name : 'error';
    return { tag: 'unknown', why: name === 'TimeoutError' ? 'no answer in time' : 'no connection' };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
