import { z } from 'zod';
import type { WireMessage } from '../../application/ports/broker.ts';
import type { Clock } from '../../application/ports/clock.ts';
import { isoText } from '../../domain/time.ts';
import type { KeyRing } from './key-ring.ts';
import type { Place } from './places.ts';
import { isSignedFor, sha256, signFor } from './signing.ts';
import { userOf } from './sources.ts';

const hopSchema = z.strictObject({
  kid: z.string().max(64),
  /** The gateway that let it through: where a reply goes back to. */
  gateway: z
    .string()
    .max(16, { abort: true })
    .regex(/^gateway-[1-9]\d?$/),
  sha256: z.string().max(64),
  exchange: z.string().max(64),
  routingKey: z.string().max(64),
  verdict: z.literal('passed'),
  time: z.string().max(32),
});

/** The longest record a gateway writes. */
const maxHopLength = 1_024;

/** Sends a message on. */
export type Forward = (message: WireMessage, place: Place) => WireMessage;

/**
 * Sends a checked message on under the gateway's own record of it: digest, where it was said, when it passed; signed
 * for the new place. The author's bytes and signature stay as they are, so the receiver trusts both or nothing.
 */
export const forwarder =
  (keys: KeyRing, instance: string, clock: Clock): Forward =>
  (message, place) => {
    const { exchange, routingKey } = message;
    const record = Buffer.from(
      JSON.stringify({
        kid: keys.own.kid,
        gateway: instance,
        sha256: sha256(message.body),
        exchange,
        routingKey,
        verdict: 'passed',
        time: isoText(clock.now()),
      }),
    );
    const signature = signFor(keys.own.privateKey, { context: 'kabinet-hop-1', ...place }, record);
    const { kid, sig } = message.headers;
    return {
      ...message,
      ...place,
      userId: userOf[keys.own.source],
      headers: { kid, sig, hop: `${record.toString('base64url')}.${signature}` },
    };
  };

/** Where the author said a message, and which gateway carried it from there. */
export interface Carried extends Place {
  readonly gateway: string;
}

/** Where the author said it, by a gateway's record that holds for this message at this place. */
export const carriedFrom = (keys: KeyRing, message: WireMessage): Carried | undefined => {
  const hop = message.headers.hop ?? '';
  if (hop.length > maxHopLength) return undefined;
  const [text = '', signature = ''] = hop.split('.');
  const bytes = Buffer.from(text, 'base64url');
  const record = readRecord(bytes);
  if (record === undefined || `${bytes.toString('base64url')}.${signature}` !== hop)
    return undefined;

  const known = keys.find(record.kid);
  if (known?.source !== 'gateway') return undefined;
  const { exchange, routingKey } = message;
  const place = { context: 'kabinet-hop-1', exchange, routingKey } as const;
  if (!isSignedFor(known.publicKey, place, bytes, signature)) return undefined;
  if (record.sha256 !== sha256(message.body)) return undefined;
  return {
    gateway: record.gateway,
    exchange: record.exchange,
    routingKey: record.routingKey,
  };
};

const readRecord = (bytes: Uint8Array): z.infer<typeof hopSchema> | undefined => {
  try {
    return hopSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
};
