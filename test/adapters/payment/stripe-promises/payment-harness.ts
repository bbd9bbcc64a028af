import type {
  CreateCommand,
  PaymentProvider,
  RawRequest,
} from '../../../../src/application/ports/payment-provider.ts';
import type { PaymentId } from '../../../../src/domain/ids.ts';
import { money, type Money } from '../../../../src/domain/money.ts';
import { hour, instant } from '../../../../src/domain/time.ts';

export type Fault =
  | 'hang-after-effect'
  | 'hang-before-effect'
  | 'cut-after-effect'
  | 'cut-before-effect'
  | '500-after-effect'
  | '500-before-effect'
  | '429';

/** One payment system in the tests: the adapter, and the levers of the simulator it talks to. */
export interface PaymentHarness {
  readonly provider: PaymentProvider;
  /** An adapter whose provider does not listen, whose key is wrong. */
  readonly unreachable: PaymentProvider;
  readonly wrongKey: PaymentProvider;
  /** How many payments the simulator made for one of ours. */
  made(id: PaymentId): Promise<number>;
  /** Orders trouble for the next calls that create; `times` 0 ends it. */
  fault(fault: Fault, times: number): Promise<void>;
  /** Lets the payer act; answers the notifications sent by it. */
  act(id: PaymentId, outcome: 'pay' | 'decline' | 'expire'): Promise<RawRequest[]>;
  /** The notification of a payment paid, made bad. */
  forged(id: PaymentId, how: Forgery): Promise<RawRequest>;
  /** The same notification, signed at another time. */
  signedAt(raw: RawRequest, ms: number): RawRequest;
  readonly secrets: readonly string[];
  close(): Promise<void>;
}
export type Forgery = 'signature' | 'secret' | 'unsigned' | 'body' | 'old' | 'future' | 'livemode';

/** An adapter under test by its name; `currencies` are those its provider takes. */
export interface HarnessMaker {
  readonly name: string;
  readonly currencies: readonly Money['currency'][];
  given(): Promise<PaymentHarness>;
}

/** A wish to pay 1 234.50 roubles unless said otherwise. */
export function command(id: string, over: Partial<CreateCommand> = {}): CreateCommand {
  return {
    paymentId: id as PaymentId,
    amount: money(123_450n, 'RUB'),
    description: 'Лицевой счёт 7000001-1 & «дом» <b> 🏠',
    returnUrl: 'https://kabinet.example/payments/1',
    expiresAt: instant(Date.now() + hour),
    ...over,
  };
}
