import type { Outcome, PaymentProvider } from '../../application/ports/payment-provider.ts';
import type { Clock } from '../../application/ports/clock.ts';
import { later, minute, second, type Instant } from '../../domain/time.ts';

/** After so many calls in a row without an answer a provider is left alone for a while. */
const silencesInARow = 5;
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
 * Puts a circuit breaker before every call of a provider, and keeps to its Retry-After: after five silences in a row it
 * rests for 30 s, then one call at a time tries whether it is back. A call that is not made is `not-attempted`. Reading
 * notifications is no call: a provider that is down still tells the truth. It goes by the given clock, as all else does,
 * so that a day of outages can be played in a minute; libraries keep to the machine's.
 */
export function guarded(of: PaymentProvider, clock: Clock): GuardedProvider {
  const state: { silences: number; restsUntil: Instant | undefined; isProbing: boolean } = {
    silences: 0,
    restsUntil: undefined,
    isProbing: false,
  };
  const isBroken = (): boolean => state.silences >= silencesInARow;
  const rests = (): boolean => state.restsUntil !== undefined && clock.now() < state.restsUntil;
  const isAvailable = (): boolean => !rests() && !(isBroken() && state.isProbing);

  const call = async <Value>(work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> => {
    if (!isAvailable()) return resting;
    const isProbe = isBroken();
    if (isProbe) state.isProbing = true;
    const outcome = await work().finally(() => {
      // An older call that ends meanwhile does not make room for a second try.
      if (isProbe) state.isProbing = false;
    });
    state.silences = isSilence(outcome) ? state.silences + 1 : 0;
    if (isBroken()) state.restsUntil = later(clock.now(), restMs);
    if (outcome.tag === 'not-attempted' && outcome.retryAfterMs !== undefined) {
      state.restsUntil = later(clock.now(), Math.min(outcome.retryAfterMs, longestWaitMs));
    }
    return outcome;
  };
  return { provider: wrapped(of, call), isAvailable };
}

const resting: Outcome<never> = {
  tag: 'not-attempted',
  why: 'the provider does not answer or has asked us to wait; it is left alone',
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
