import type { Writable } from 'node:stream';
import { type AmqpConnectionManager, connect } from 'amqp-connection-manager';
import type { ConfirmChannel } from 'amqplib';
import { Outage } from '../../application/ports/outage.ts';
import { shownAddress } from './broker-address.ts';

/** How long the first connection may take. */
const connectLimitMs = 10_000;
const reconnectSeconds = 1;

/**
 * Connects, and reconnects by itself from then on. Throws Outage with one sentence, without the password, when the
 * first connection cannot be made.
 */
export const openConnection = async (address: string): Promise<AmqpConnectionManager> => {
  const manager = connect([address], {
    heartbeatIntervalInSeconds: 10,
    reconnectTimeInSeconds: reconnectSeconds,
    // Without noDelay every hop pays the 40 ms of delayed acknowledgements.
    connectionOptions: { noDelay: true, timeout: 5_000 },
  });
  manager.on('connect', ({ connection }) => {
    gather((connection as unknown as Inner).connection.stream);
  });
  let reason = 'no answer';
  const note = ({ err }: { readonly err: Error }): void => {
    reason = reasonOf(err);
  };
  manager.on('connectFailed', note);
  try {
    await manager.connect({ timeout: connectLimitMs });
  } catch (error) {
    await manager.close();
    throw new Outage(`cannot connect to RabbitMQ at ${shownAddress(address)}: ${reason}`, {
      cause: error,
    });
  }
  manager.off('connectFailed', note);
  return manager;
};

/** The socket inside amqplib's connection, for which its types have no name. */
interface Inner {
  readonly connection: { readonly stream: Writable };
}

/** What is written in one turn of the loop leaves as one packet: acknowledgements with the messages beside them. */
function gather(stream: Writable): void {
  const write = stream.write.bind(stream);
  let gathering = false;
  stream.write = (...written: unknown[]) => {
    if (!gathering) {
      gathering = true;
      stream.cork();
      setImmediate(() => {
        gathering = false;
        stream.uncork();
      });
    }
    return write(...(written as Parameters<typeof write>));
  };
}

/** AggregateErrors of Node's dual-stack connect have no message of their own. */
const reasonOf = (error: Error): string => {
  if (error instanceof AggregateError) {
    const [first] = error.errors as readonly unknown[];
    if (first instanceof Error) return first.message;
  }
  return error.message.replaceAll(/amqps?:\/\/\S+/g, 'the broker');
};

/**
 * Brings a connection back whose channel was closed by the broker (a refused publish, an acknowledgement too late):
 * the wrapper waits for a new connection, which would never come by itself.
 */
export const reviveWith = (manager: AmqpConnectionManager, channel: ConfirmChannel): void => {
  // An unheard 'error' would end the process.
  channel.on('error', () => undefined);
  channel.once('close', () => {
    setTimeout(() => {
      // A new connection may be up already; only the one the channel died on is of no use.
      if (manager.connection?.connection === channel.connection) manager.reconnect();
    }, reconnectSeconds * 1_000).unref();
  });
};
