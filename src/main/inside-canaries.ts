import { statSync } from 'node:fs';
import { canarySender } from '../adapters/amqp/inside-canaries.ts';
import type { MessageWriter } from '../adapters/amqp/message-writer.ts';
import { canariesFile } from '../adapters/settings/canaries-file.ts';
import { listCanaries } from '../application/canaries/list-canaries.ts';
import type { Broker } from '../application/ports/broker.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { GatewayBeat } from '../application/ports/inside-messages.ts';
import { Outage } from '../application/ports/outage.ts';
import type { RealIds } from '../application/ports/real-ids.ts';
import { loop } from './loop.ts';
import type { Running } from './running.ts';

/** How soon a changed file of canaries is noticed. */
const lookEveryMs = 1_000;

/** The inside's end of the canaries; it is told of every beat of a gateway. */
export interface Canaries extends Running {
  heard(beat: GatewayBeat): void;
}

/** Tells the gateways the canaries of the file, and again when it is changed. A file that is wrong is told of at the start. */
export async function startCanaries(
  path: string,
  end: { readonly broker: Broker; readonly writer: MessageWriter; readonly clock: Clock },
  real: RealIds,
  report: (error: unknown) => void,
): Promise<Canaries> {
  const send = canarySender(end.broker, end.writer);
  const listing = listCanaries(canariesFile(path), real, send, end.clock);
  const refresh = async (): Promise<void> => {
    const refreshed = await listing.refresh();
    if (refreshed.ok) return;
    const { ids } = refreshed.refusal;
    throw new Error(`${path}: ${ids.join(', ')} means a real customer or account: take it out`);
  };
  await refresh();
  let changedMs = changeOf(path);
  const look = async (): Promise<boolean> => {
    const nowMs = changeOf(path);
    if (nowMs === changedMs) return false;
    // What is wrong is told of once; a database that is down is asked again.
    changedMs = await refresh().then(
      () => nowMs,
      (error: unknown) => {
        report(error);
        return error instanceof Outage ? changedMs : nowMs;
      },
    );
    return false;
  };
  const looking = loop(look, lookEveryMs, report);
  return {
    heard: (beat) => {
      listing.heard(beat).catch(report);
    },
    stop: () => looking.stop(),
  };
}

const changeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
