import type { Broker } from '../application/ports/broker.ts';
import { openAmqpBroker } from '../adapters/amqp/amqp-broker.ts';
import { developmentPasswords } from '../adapters/amqp/definitions.ts';
import type { BrokerUser, Vhost } from '../adapters/amqp/topology.ts';

/**
 * Connects a user to a virtual host of a RabbitMQ server. The address says the server only; each user's password
 * comes from PORTAL_AMQP_PASSWORD, GATEWAY_AMQP_PASSWORD or CONNECTOR_AMQP_PASSWORD, else it is the development one.
 */
export function openBrokerOn(amqpUrl: string, vhost: Vhost, user: BrokerUser): Promise<Broker> {
  const url = new URL(amqpUrl);
  url.username = user;
  url.password = encodeURIComponent(
    process.env[`${user.toUpperCase()}_AMQP_PASSWORD`] ?? developmentPasswords[user],
  );
  url.pathname = `/${vhost}`;
  return openAmqpBroker(url.href);
}
