import {
  ledgerChecks,
  type LedgerDifference,
  type LedgerReports,
  type LedgerSnapshot,
  type SealFound,
} from '../ports/ledger-reports.ts';

/** The end of the chain of seals, as somebody kept it elsewhere. */
export interface SealMark {
  readonly seqTo: bigint;
  readonly digest: string;
}

/** What the caller wants to hear while the work goes on. */
export interface LedgerCheckListener {
  /** A law is looked at now. */
  begins(check: string): void;
  differs(check: string, difference: LedgerDifference): void;
}

export interface LedgerFindings {
  readonly entries: number;
  readonly seals: number;
  readonly last: SealMark | undefined;
  readonly differences: number;
}

/**
 * Works every counter, balance and seal out from the entries anew, as of one moment, and tells of each difference with
 * its place. A mark that was kept elsewhere also shows books whose end was cut off or which were made anew.
 */
export const checkLedger =
  (reports: LedgerReports) =>
  (listener: LedgerCheckListener, known?: SealMark): Promise<LedgerFindings> =>
    reports.read(async (books) => {
      let differences = 0;
      const differs = (check: string, difference: LedgerDifference): void => {
        differences += 1;
        listener.differs(check, difference);
      };
      for (const check of ledgerChecks) {
        listener.begins(check);
        for await (const found of books.differences(check)) {
          for (const difference of found) differs(check, difference);
        }
      }
      listener.begins(sealCheck);
      const { seals, last } = await checkSeals(books, known, (difference) => {
        differs(sealCheck, difference);
      });
      return { entries: await books.size(), seals, last, differences };
    });
export type CheckLedger = ReturnType<typeof checkLedger>;

const sealCheck = 'seals hold';

async function checkSeals(
  books: LedgerSnapshot,
  known: SealMark | undefined,
  differs: (difference: LedgerDifference) => void,
): Promise<{ readonly seals: number; readonly last: SealMark | undefined }> {
  let seals = 0;
  let last: SealMark | undefined;
  let isKnownSeen = known === undefined;
  for await (const found of books.seals()) {
    for (const seal of found) {
      seals += 1;
      last = { seqTo: seal.seqTo, digest: seal.digest };
      if (!seal.isSame) differs(brokenSeal(seal));
      if (seal.seqTo === known?.seqTo) isKnownSeen = seal.digest === known.digest;
    }
  }
  if (known !== undefined && !isKnownSeen) {
    const place = `the seal at entry ${known.seqTo.toString()}`;
    differs({ place, expected: known.digest, found: 'another, or none' });
  }
  return { seals, last };
}

const brokenSeal = ({ seqTo, entries, entriesFound }: SealFound): LedgerDifference => ({
  place: `the ${String(entries)} entries sealed up to entry ${seqTo.toString()}`,
  expected: `${String(entries)} entries as they were posted`,
  found: entries === entriesFound ? 'something else' : `${String(entriesFound)} entries`,
});
