import type { Vhost } from './topology.ts';

/** Where a user of the broker connects, from `amqp://host:port` of the configuration. */
export const brokerAddress = (
  server: string,
  user: string,
  password: string,
  vhost: Vhost,
): string => {
  const url = new URL(server);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  url.pathname = `/${encodeURIComponent(vhost)}`;
  return url.href;
};

/** An address for people: no password in it. */
export const shownAddress = (address: string): string => {
  const url = new URL(address);
  url.password = '';
  url.search = '';
  return url.href;
};
