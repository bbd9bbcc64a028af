import type {
  ChargeCommand,
  CreateCommand,
  Created,
  NotificationVerdict,
  Outcome,
  PaymentKey,
  PaymentProvider,
  RawRequest,
  Reading,
  RefundCommand,
  RefundKey,
  Snapshot,
} from '../../src/application/ports/payment-provider.ts';
import type { Money } from '../../src/domain/money.ts';
import type { Claim } from '../../src/domain/payment-claim.ts';
import type { RefundClaim } from '../../src/domain/refund-settlement.ts';

type Query = Outcome<Claim | 'absent'>;
const silence = { tag: 'unknown', why: 'timeout' } as const;

/** A payment system that answers as told, and remembers what it was asked. Told nothing, it is silent. */
export class ScriptedProvider implements PaymentProvider {
  readonly code = 'alpha';
  readonly mode = 'live';
  readonly cancelsOpen = true;
  /** Every call, in order; the same payment twice is one payment here, as the port promises. */
  readonly calls: { readonly command: CreateCommand; readonly deadlineMs: number }[] = [];
  readonly questions: PaymentKey[] = [];
  readonly captured: Money[] = [];
  readonly canceled: PaymentKey[] = [];
  readonly refunded: RefundCommand[] = [];
  readonly charged: ChargeCommand[] = [];
  /** The next answers to `create` and `query`; what comes after them is a plain yes to `create`, silence to the rest. */
  readonly answers: Outcome<Created>[] = [];
  readonly standings: Query[] = [];
  readonly looks: Outcome<Snapshot | 'absent'>[] = [];
  readonly captures: Outcome<Claim>[] = [];
  readonly cancels: Outcome<Claim>[] = [];
  readonly refunds: Outcome<RefundClaim>[] = [];
  readonly refundStandings: Outcome<RefundClaim | 'absent'>[] = [];
  readonly charges: Outcome<Claim>[] = [];
  /** What happens elsewhere while we wait for an answer. */
  meanwhile: () => Promise<unknown> = () => Promise.resolve();
  readonly #readings = new Map<string, Reading>();

  async create(command: CreateCommand, deadlineMs: number): Promise<Outcome<Created>> {
    this.calls.push({ command, deadlineMs });
    await this.meanwhile();
    const ref = `ref-${command.paymentId}`;
    const redirect = { kind: 'get', url: `https://alpha.example/${ref}` } as const;
    return this.answers.shift() ?? { tag: 'done', value: { ref, redirect } };
  }

  async query(key: PaymentKey): Promise<Query> {
    this.questions.push(key);
    await this.meanwhile();
    return this.standings.shift() ?? silence;
  }

  async look(): Promise<Outcome<Snapshot | 'absent'>> {
    await this.meanwhile();
    return this.looks.shift() ?? silence;
  }

  async capture(_key: PaymentKey, amount: Money): Promise<Outcome<Claim>> {
    this.captured.push(amount);
    await this.meanwhile();
    return this.captures.shift() ?? silence;
  }

  async cancel(key: PaymentKey): Promise<Outcome<Claim>> {
    this.canceled.push(key);
    await this.meanwhile();
    return this.cancels.shift() ?? silence;
  }

  async refund(command: RefundCommand): Promise<Outcome<RefundClaim>> {
    this.refunded.push(command);
    await this.meanwhile();
    return this.refunds.shift() ?? silence;
  }

  async queryRefund(_key: RefundKey): Promise<Outcome<RefundClaim | 'absent'>> {
    return this.refundStandings.shift() ?? silence;
  }

  async charge(command: ChargeCommand): Promise<Outcome<Claim>> {
    this.charged.push(command);
    await this.meanwhile();
    return this.charges.shift() ?? silence;
  }

  /** A notification that will read so. */
  says(reading: Reading): RawRequest {
    const name = `${String(this.#readings.size)} ${reading.tag}`;
    this.#readings.set(name, reading);
    return { headers: {}, body: new TextEncoder().encode(name) };
  }

  readNotification(raw: RawRequest): Reading {
    const reading = this.#readings.get(new TextDecoder().decode(raw.body));
    return reading ?? { tag: 'refused', why: 'signature' };
  }

  answer(verdict: NotificationVerdict) {
    const statuses = { accepted: 200, retry: 503, refused: 400, forbid: 409 };
    return { status: statuses[verdict], body: verdict };
  }
}

type Ability = 'query' | 'look' | 'capture' | 'cancel' | 'refund' | 'queryRefund' | 'charge';

/** The same provider without some of its abilities. */
export function lacking(provider: PaymentProvider, ...abilities: Ability[]): PaymentProvider {
  return new Proxy(provider, {
    get: (target, name) => {
      if (abilities.includes(name as Ability)) return undefined;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
