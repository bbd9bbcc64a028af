import type {
  CreateCommand,
  Created,
  NotificationVerdict,
  Outcome,
  PaymentKey,
  PaymentProvider,
  RawRequest,
  Reading,
} from '../../src/application/ports/payment-provider.ts';
import type { Claim } from '../../src/domain/payment-claim.ts';

type Query = Outcome<Claim | 'absent'>;

/** A payment system that answers as told, and remembers what it was asked. */
export class ScriptedProvider implements PaymentProvider {
  readonly code = 'alpha';
  readonly mode = 'live';
  /** Every call, in order; the same payment twice is one payment here, as the port promises. */
  readonly calls: { readonly command: CreateCommand; readonly deadlineMs: number }[] = [];
  readonly questions: PaymentKey[] = [];
  /** The next answers to `create` and `query`; what comes after them is a plain yes. */
  readonly answers: Outcome<Created>[] = [];
  readonly standings: Query[] = [];
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
    return this.standings.shift() ?? { tag: 'unknown', why: 'timeout' };
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
