import type { Router } from '@koa/router';
import type { World } from '../../../src/adapters/simulators/world.ts';
import type { PaymentProvider } from '../../../src/application/ports/payment-provider.ts';
import type { Currency } from '../../../src/domain/currency.ts';

/** What a payment system's protocol has, beyond what its adapter shows by its members. */
export type Trait =
  /** Notifications are signed. */
  | 'signed'
  /** Notifications prove nothing: the provider is asked. */
  | 'hints'
  /** The provider asks before the payer's money moves. */
  | 'asks-first'
  /** The payer's own browser makes the payment there, by a form nobody signed. */
  | 'payer-form'
  /** Nothing we say of a payment is shown to its payer. */
  | 'no-description'
  /** Notifications carry their time. */
  | 'timed'
  /** The signature covers raw bytes, so a body written anew is refused. */
  | 'raw-bytes'
  /** The bank may say no and the payer try again on the same page. */
  | 'declines-open'
  /** The bank may say no for good. */
  | 'declines-for-good'
  /** The provider itself closes what nobody pays in time, and tells or can be asked. */
  | 'expires'
  /** A notification names its currency. */
  | 'currency'
  /** The provider tells what reaches us after its own fee. */
  | 'net'
  /** A refund can be made in the provider's own cabinet, and is told of. */
  | 'cabinet-refunds'
  /** Refunds are told of by notifications. */
  | 'tells-refunds'
  /** A refund may fail after it succeeded. */
  | 'refund-fails'
  | 'disputes'
  /** Money that is only held runs out. */
  | 'holds-run-out'
  /** Two secrets are good while one is replaced. */
  | 'rotation'
  /** Limits its rate by 429. */
  | '429'
  /** Creating is a call, which may be lost. */
  | 'create-call';

/** How one payment system is stood up for the kit. */
export interface SystemUnderTest {
  readonly code: string;
  readonly currencies: readonly Currency[];
  readonly traits: readonly Trait[];
  /** Forgeries of its simulator that have to be refused or ignored, by the lever's word. */
  readonly forgeries: readonly string[];
  /** Forgeries that are truly signed and have to end unpaid: refused, or put before people. */
  readonly misfits: readonly string[];
  /** Outcomes that pay with the sum spelled otherwise; `refused:<forgery>` for spellings that must not count. */
  readonly spellings?: readonly string[];
  /** The least sum its protocol takes, in smallest units of its first currency. */
  readonly least: bigint;
  /** Puts its simulator on the router, telling the shop at `notifyUrl`. */
  install(router: Router, world: World, notifyUrl: string): void;
  provider(apiUrl: string): PaymentProvider;
  /** The same adapter with credentials the provider does not take; undefined where nothing is ever called. */
  wrongKey?(apiUrl: string): PaymentProvider;
  /** The second secret while one is replaced; for `rotation`. */
  rotating?(apiUrl: string): { readonly both: PaymentProvider; readonly retired: PaymentProvider };
}
