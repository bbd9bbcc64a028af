import type { Broker } from '../../application/ports/broker.ts';
import { gateTurns } from './gate-turns.ts';
import { openQueries } from './open-queries.ts';
import { onlyOnce, patiently, type Take } from './patience.ts';
import { relayCommands } from './relay-commands.ts';
import { relayControl } from './relay-control.ts';
import { relayEvents } from './relay-events.ts';
import { buryOpenly, type RelayNeeds } from './relay-needs.ts';
import { relayQueries } from './relay-queries.ts';
import { relayReplies } from './relay-replies.ts';
import { type SharedShards, sharedShards } from './shared-shards.ts';

export interface GatewayRelay extends Pick<SharedShards, 'share'> {
  /** Stops taking, waits for what is under way and gives the rest back to the queues. */
  stop(): Promise<void>;
}

/** Messages under way at once: of one shard's queries or commands, and of all replies, events and controls. */
const atOnce = { query: 4, command: 8, reply: 50, event: 50, control: 1 } as const;

/** Starts carrying messages between the portal's and the inside's virtual hosts, by the gateway's rules. */
export const startGatewayRelay = async (needs: RelayNeeds): Promise<GatewayRelay> => {
  const { portal, core, instance, report } = needs;
  const open = openQueries();
  const turns = gateTurns(needs.gate, needs.now);
  let stopped = false;
  const isStopped = (): boolean => stopped;
  const stops: (() => Promise<void>)[] = [];
  const take = async (broker: Broker, queue: string, most: number, one: Take): Promise<void> => {
    stops.push(await broker.consume(queue, most, one));
  };

  const queries = onlyOnce(relayQueries(needs, turns, open), report);
  const commands = patiently(buryOpenly(needs, relayCommands(needs)), isStopped, report);
  const replies = onlyOnce(relayReplies(needs, open), report);
  await take(core, `core.rep.${instance}`, atOnce.reply, replies);
  const events = buryOpenly(needs, relayEvents(needs, isStopped));
  await take(core, 'core.evt.gw', atOnce.event, events);
  const takeShard = async (shard: string, touched: () => void) => {
    const query: Take = (message) => {
      touched();
      return queries(message);
    };
    const shardStops = await Promise.all([
      portal.consume(`gw.c.${shard}`, atOnce.command, commands),
      portal.consume(`gw.q.hi.${shard}`, atOnce.query, query),
      portal.consume(`gw.q.lo.${shard}`, atOnce.query, query),
    ]);
    return async () => {
      await Promise.all(shardStops.map((stop) => stop()));
    };
  };
  const shared = await sharedShards(instance, takeShard, needs.tookOver);
  const control = onlyOnce(relayControl(needs), report);
  await take(core, `core.ctl.${instance}`, atOnce.control, control);
  return {
    share: (gateways) => shared.share(gateways),
    stop: async () => {
      stopped = true;
      await Promise.all([shared.stop(), ...stops.map((stop) => stop())]);
      open.closeAll();
      turns.stop();
    },
  };
};
