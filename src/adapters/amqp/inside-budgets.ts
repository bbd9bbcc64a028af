import type { GrantBudgets, SendGrants } from '../../application/budgets/grant-budgets.ts';
import type { Broker } from '../../application/ports/broker.ts';
import { nobody } from '../../application/ports/envelope.ts';
import type { BudgetGranted, GatewayBeat } from '../../application/ports/inside-messages.ts';
import type { MessageReader } from '../../application/ports/message-reader.ts';
import { type Instant, isoText, parseInstant } from '../../domain/time.ts';
import type { MessageWriter } from './message-writer.ts';
import { onlyOnce, type Report, type Take } from './patience.ts';
import { places } from './places.ts';

/** The inside's end of the talk about budgets. */
export interface BudgetsEnd {
  /** User `connector` in the virtual host `core`. */
  readonly broker: Broker;
  readonly reader: MessageReader;
  readonly now: () => Instant;
  readonly report: Report;
}

const beatsAtOnce = 4;

/** Hears the gateways' beats and grants them their budgets; the answer stops it. */
export const hearGateways = (
  { broker, reader, now, report }: BudgetsEnd,
  granting: Pick<GrantBudgets, 'heard'>,
  see: (beat: GatewayBeat) => void,
): Promise<() => Promise<void>> => {
  const hear: Take = async (message) => {
    const read = reader.read(message);
    if (!read.ok) {
      report(new Error(`beat ${message.messageId} not believed: ${read.refusal.why}`));
      return 'dead';
    }
    if (read.value.expiresAt <= now()) return 'done';
    // The reader has held the data against the schema of the type.
    const beat = read.value.data as GatewayBeat;
    see(beat);
    await granting.heard({ instance: beat.instance, held: heldOf(beat) });
    return 'done';
  };
  return broker.consume('core.gateway.q', beatsAtOnce, onlyOnce(hear, report));
};

const heldOf = ({ budgets }: GatewayBeat) =>
  new Map(
    budgets.map(({ operation, seq, expiresAt, rate, concurrency }) => {
      const limits = { rate, concurrency };
      return [operation, { seq, limits, expiresAt: parseInstant(expiresAt) ?? (0 as Instant) }];
    }),
  );

/** Sends a gateway its grants. One that is lost is followed by the next. */
export const grantSender =
  (broker: Broker, writer: MessageWriter): SendGrants =>
  async (instance, grants, gateways) => {
    const data: BudgetGranted = {
      gateways,
      grants: grants.map((grant) => ({ ...grant, expiresAt: isoText(grant.expiresAt) })),
    };
    const draft = { type: 'gateway.budget-granted', subject: nobody, data } as const;
    await broker.publish(writer.write(draft, places.control(instance)));
  };
