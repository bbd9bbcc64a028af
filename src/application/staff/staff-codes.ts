import type { SecondFactor } from '../ports/second-factor.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Instant } from '../../domain/time.ts';

const purpose = 'staff authenticator';
/** Digits may be typed in groups. */
const plain = (typed: string): string => typed.replace(/[\s-]/g, '');

/** Codes against secrets that lie sealed in the store. */
export interface StaffCodes {
  readonly sealNew: (secret: string) => string;
  /** Works just as long without a secret, and finds nothing. */
  readonly stepOf: (
    sealedSecret: string | undefined,
    typed: string,
    now: Instant,
  ) => number | undefined;
}

export function staffCodes(factor: SecondFactor, secrets: Secrets): StaffCodes {
  const sealNew = (secret: string): string => secrets.seal(secret, purpose);
  const nobodys = sealNew(factor.newSecret());
  return {
    sealNew,
    stepOf: (sealedSecret, typed, now) => {
      const secret = secrets.open(sealedSecret ?? nobodys, purpose);
      const step = factor.stepOf(plain(typed), secret, now);
      return sealedSecret === undefined ? undefined : step;
    },
  };
}
