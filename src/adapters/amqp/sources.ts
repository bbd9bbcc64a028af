import type { BrokerUser } from './topology.ts';

/** Who signs messages. Each signs with one key at a time, however many of its processes run. */
export const sources = ['portal', 'gateway', 'accounting'] as const;
export type Source = (typeof sources)[number];

/** Whose keys there are: also the part that signs customers in, which says nothing but assertions. */
export const keySources = [...sources, 'identity'] as const;
export type KeySource = (typeof keySources)[number];

/** The broker's user a source speaks as; the broker itself checks it on every message. */
export const userOf: Readonly<Record<Source, BrokerUser>> = {
  portal: 'portal',
  gateway: 'gateway',
  accounting: 'connector',
};

/** Tells whether an instance such as `portal-2` belongs to a source; the source itself is its own instance. */
export const isInstanceOf = (source: Source, instance: string): boolean =>
  instance === source ||
  (instance.startsWith(`${source}-`) && /^[1-9]\d{0,3}$/.test(instance.slice(source.length + 1)));
