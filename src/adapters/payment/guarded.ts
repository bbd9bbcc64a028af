import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhenResult,
} from 'cockatiel';
import type { Outcome, PaymentProvider } from '../../application/ports/payment-provider.ts';
import type { Clock } from '../../application/ports/clock.ts';
import { later, minute, second, type Instant } from '../../domain/time.ts';

/** After so many calls in a row without an answer a provider is left alone for a while. */
const failuresInARow = 5;
const restMs = 30 * second;
/** Nobody is believed who asks us to wait longer than this. */
const longestWaitMs = 10 * minute;

/** A provider that is not called while it is down or has asked us to wait. */
export interface GuardedProvider {
  readonly provider: PaymentProvider;
  /** Whether a call would be made now. */
  readonly isAvailable: () => boolean;
}

/**
 * Puts a circuit breaker before every call of a provider, and keeps to its Retry-After. A call that is not made is
 * `not-attempted`. Reading notifications is no call: a provider that is down still tells the truth.
 */
export function guarded(provider: PaymentProvider, clock: Clock): GuardedProvider {
  const silent = handleWhenResult((result) => isSilence(result as Outcome<unknown>));
  const breaker = circuitBreaker(silent, {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(failuresInARow),
  });
  const rest: { until: Instant | undefined; brokenUntil: Instant | undefined } = {
    until: undefined,
    brokenUntil: undefined,
  };
  breaker.onBreak(() => {
    rest.brokenUntil = later(clock.now(), restMs);
  });
  breaker.onReset(() => {
    rest.brokenUntil = undefined;
  });
  const waits = (until: Instant | undefined): boolean => until !== undefined && clock.now() < until;

  const call = async <Value>(work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> => {
    if (waits(rest.until))
      return { tag: 'not-attempted', why: 'the provider has asked us to wait' };
    const outcome = await breaker.execute(work).catch((error: unknown) => {
      if (error instanceof BrokenCircuitError) return resting;
      throw error;
    });
    if (outcome.tag === 'not-attempted' && outcome.retryAfterMs !== undefined) {
      rest.until = later(clock.now(), Math.min(outcome.retryAfterMs, longestWaitMs));
    }
    return outcome;
  };
  return {
    provider: wrapped(provider, call),
    isAvailable: () => !waits(rest.until) && !waits(rest.brokenUntil),
  };
}

const resting: Outcome<never> = {
  tag: 'not-attempted',
  why: 'the provider does not answer; it is left alone',
};

/** No answer, or no connection. Being limited or refused is an answer. */
const isSilence = (outcome: Outcome<unknown>): boolean =>
  outcome.tag === 'unknown' ||
  (outcome.tag === 'not-attempted' && outcome.why.startsWith('no connection'));

type Call = <Value>(work: () => Promise<Outcome<Value>>) => Promise<Outcome<Value>>;

/** The same provider with the same abilities: having a member is the capability, so none is added. */
function wrapped(of: PaymentProvider, call: Call): PaymentProvider {
  const { code, mode, namesByNumber, cancelsOpen } = of;
  const { query, look, list, capture, cancel, refund, queryRefund, charge } = of;
  return {
    code,
    mode,
    ...(namesByNumber !== undefined && { namesByNumber }),
    ...(cancelsOpen !== undefined && { cancelsOpen }),
    create: (...given) => call(() => of.create(...given)),
    readNotification: (...given) => of.readNotification(...given),
    answer: (verdict) => of.answer(verdict),
    ...(query && { query: (...given) => call(() => query.apply(of, given)) }),
    ...(look && { look: (...given) => call(() => look.apply(of, given)) }),
    ...(list && { list: (...given) => call(() => list.apply(of, given)) }),
    ...(capture && { capture: (...given) => call(() => capture.apply(of, given)) }),
    ...(cancel && { cancel: (...given) => call(() => cancel.apply(of, given)) }),
    ...(refund && { refund: (...given) => call(() => refund.apply(of, given)) }),
    ...(queryRefund && { queryRefund: (...given) => call(() => queryRefund.apply(of, given)) }),
    ...(charge && { charge: (...given) => call(() => charge.apply(of, given)) }),
  };
}
