import type { MessageClass } from '../../application/ports/envelope.ts';
import type { Source } from './sources.ts';
import { shardOf } from './topology.ts';

/** Where a message is published. */
export interface Place {
  readonly exchange: string;
  readonly routingKey: string;
}

/** The places messages go to: constants and shards, never input from outside. */
export const places = {
  query: (subject: string): Place => ({
    exchange: 'gw.in.q',
    routingKey: `hi.${shardOf(subject)}`,
  }),
  /** For what may wait behind customers. */
  patientQuery: (subject: string): Place => ({
    exchange: 'gw.in.q',
    routingKey: `lo.${shardOf(subject)}`,
  }),
  command: (subject: string): Place => ({ exchange: 'gw.in.c', routingKey: shardOf(subject) }),
  queryInside: (subject: string): Place => ({
    exchange: 'core.req',
    routingKey: `ledger.q.${shardOf(subject)}`,
  }),
  commandInside: (subject: string): Place => ({
    exchange: 'core.req',
    routingKey: `ledger.c.${shardOf(subject)}`,
  }),
  replyInside: (gateway: string): Place => ({ exchange: 'core.rep', routingKey: gateway }),
  reply: (instance: string): Place => ({ exchange: 'gw.out', routingKey: instance }),
  eventInside: { exchange: 'core.evt', routingKey: 'gw' },
  control: (gateway: string): Place => ({ exchange: 'core.ctl', routingKey: gateway }),
  beat: { exchange: 'core.req', routingKey: 'gateway.q' },
  event: { exchange: 'gw.evt', routingKey: 'portal' },
} as const;

/** What may be heard at an exchange. */
export interface Speech {
  readonly author: Source;
  readonly messageClass: MessageClass;
  /** The exchange it was said at first, when the gateway carried it here. */
  readonly saidAt: string | undefined;
}

const said = (author: Source, messageClass: MessageClass, saidAt?: string): Speech => ({
  author,
  messageClass,
  saidAt,
});

const speeches: Readonly<Record<string, readonly Speech[]>> = {
  'gw.in.q': [said('portal', 'query')],
  'gw.in.c': [said('portal', 'command')],
  'core.req': [
    said('portal', 'query', 'gw.in.q'),
    said('portal', 'command', 'gw.in.c'),
    said('gateway', 'beat'),
  ],
  'core.rep': [said('accounting', 'reply')],
  'core.ctl': [said('accounting', 'control')],
  'core.evt': [said('accounting', 'event')],
  'gw.evt': [said('accounting', 'event', 'core.evt')],
  'gw.out': [said('accounting', 'reply', 'core.rep'), said('gateway', 'reply')],
};

/** Tells whether this may be heard at an exchange: said by whom, first at which exchange. */
export const mayBeHeard = (exchange: string, heard: Speech): boolean =>
  (speeches[exchange] ?? []).some(
    ({ author, messageClass, saidAt }) =>
      author === heard.author && messageClass === heard.messageClass && saidAt === heard.saidAt,
  );

/** Tells whether a message about this subject belongs under this routing key: a shard counts for its own customers. */
export const belongsTo = (place: Place, messageClass: MessageClass, subject: string): boolean => {
  const { exchange, routingKey } = place;
  switch (exchange) {
    case 'gw.in.q':
      return routingKey === `hi.${shardOf(subject)}` || routingKey === `lo.${shardOf(subject)}`;
    case 'gw.in.c':
      return routingKey === shardOf(subject);
    case 'core.req': {
      if (messageClass === 'beat') return routingKey === places.beat.routingKey;
      const inside = messageClass === 'command' ? places.commandInside : places.queryInside;
      return routingKey === inside(subject).routingKey;
    }
    default:
      return true;
  }
};
