import type { Result } from '../../domain/result.ts';
import type { WireMessage } from './broker.ts';
import type { Envelope } from './envelope.ts';

/**
 * Why a message cannot be believed. `properties`: not what our writers send · `key`, `signature`, `hop`: not said by
 * whom it claims · `route`: true, but not meant for this place · `json`, `schema`: not in the agreed form.
 */
export type Unreadable = {
  readonly why: 'properties' | 'key' | 'signature' | 'hop' | 'route' | 'json' | 'schema';
};

/**
 * Opens what the broker brought. Promises:
 * - an envelope comes out only if its author, and on forwarded messages the gateway too, signed these very bytes
 *   for this very place, and everything in it fits the schema of its type;
 * - it never throws, whatever the bytes.
 * Whether it is in time, new and allowed is for the rules behind.
 */
export interface MessageReader {
  read(message: WireMessage): Result<Envelope, Unreadable>;
}
