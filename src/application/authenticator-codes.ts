import type { Instant } from '../domain/time.ts';
import type { SecondFactor } from './ports/second-factor.ts';
import type { Secrets } from './ports/secrets.ts';

/** Codes against secrets that lie sealed in a store. */
export interface AuthenticatorCodes {
  sealNew(secret: string): string;
  /** Works just as long without a secret, and finds nothing. Digits may be typed in groups. */
  stepOf(sealedSecret: string | undefined, typed: string, now: Instant): number | undefined;
}

/** `purpose` keeps what is sealed for one desk from being of use at another. */
export const authenticatorCodes =
  (purpose: string) =>
  (factor: SecondFactor, secrets: Secrets): AuthenticatorCodes => {
    const sealNew = (secret: string): string => secrets.seal(secret, purpose);
    const nobodys = sealNew(factor.newSecret());
    return {
      sealNew,
      stepOf: (sealedSecret, typed, now) => {
        const secret = secrets.open(sealedSecret ?? nobodys, purpose);
        const step = factor.stepOf(typed.replace(/[\s-]/g, ''), secret, now);
        return sealedSecret === undefined ? undefined : step;
      },
    };
  };

export const staffCodes = authenticatorCodes('staff authenticator');
export const watcherCodes = authenticatorCodes('watcher authenticator');
