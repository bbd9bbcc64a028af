import type { Envelope } from '../../application/ports/envelope.ts';
import { sha256 } from './signing.ts';

/** Digest of what a message asks for: the same however often and by whichever process it is said again. */
export const requestHash = ({ type, subject, data }: Envelope): string =>
  sha256(JSON.stringify([type, subject, data]));
