import type { WireMessage } from '../../application/ports/broker.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { type Instant, parseInstant } from '../../domain/time.ts';

/** What a query says of itself, believed by nobody: good enough to turn it away, never to let it in. */
export interface Claim {
  readonly subject: CustomerId;
  /** The portal instance that waits for an answer. */
  readonly source: string;
  /** The version it asks in, which is the version of its answer. */
  readonly dataschema: string;
  readonly expiresAt: Instant;
}

/** Longest message that is looked into before its signature was. */
const shortBytes = 4_096;
const subjectIn = /"subject":"([0-9a-f-]{36})"/;
const sourceIn = /"source":"(portal-[1-9])"/;
const dataschemaIn = /"dataschema":"([a-z.-]{1,50}\/\d{1,4}\.\d{1,4})"/;
const expiryIn = /"expirytime":"([0-9T:.Z-]{24})"/;

/** Reads a claim without parsing anything; undefined where it is not all there. */
export const claimOf = ({ body }: WireMessage): Claim | undefined => {
  if (body.byteLength > shortBytes) return undefined;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const subject = subjectIn.exec(text)?.[1];
  const source = sourceIn.exec(text)?.[1];
  const dataschema = dataschemaIn.exec(text)?.[1];
  const expiresAt = parseInstant(expiryIn.exec(text)?.[1] ?? '');
  if (subject === undefined || source === undefined) return undefined;
  if (dataschema === undefined || expiresAt === undefined) return undefined;
  return { subject: subject as CustomerId, source, dataschema, expiresAt };
};
