import {
  type AccountChanged,
  operationsPerMessage,
} from '../../application/ports/inside-messages.ts';
import { maxBodyBytes } from './strict-json.ts';

/** Room the envelope around takes. */
const envelopeBytes = 1_024;

/** Cuts an account's change into messages that are small enough; each has all figures and some of the operations. */
export const fittingParts = (change: AccountChanged): AccountChanged[] => {
  const { operations } = change;
  if (operations.length <= 1 || fits(change)) return [change];
  const middle = Math.ceil(operations.length / 2);
  return [operations.slice(0, middle), operations.slice(middle)].flatMap((part) =>
    fittingParts({ ...change, operations: part }),
  );
};

/** The change with as many of its newest operations as fit into one message. */
export const newestThatFit = (change: AccountChanged): AccountChanged => {
  if (change.operations.length === 0 || fits(change)) return change;
  const newest = change.operations.toSorted((a, b) => (a.postedAt < b.postedAt ? 1 : -1));
  const half = newest.slice(0, Math.floor(newest.length / 2));
  return newestThatFit({ ...change, operations: half });
};

const fits = (change: AccountChanged): boolean =>
  change.operations.length <= operationsPerMessage &&
  Buffer.byteLength(JSON.stringify(change)) <= maxBodyBytes - envelopeBytes;
