import { Secret, TOTP } from 'otpauth';
import type { SecondFactor } from '../../application/ports/second-factor.ts';

const period = 30;
const digits = 6;
/** 160 bits, as RFC 4226 recommends. */
const secretBytes = 20;

/** Authenticator codes by RFC 6238, in the one form every app knows: SHA-1, six digits, 30 seconds. */
export const totp = (issuer: string): SecondFactor => {
  const of = (secret: string, label = '') =>
    new TOTP({ issuer, label, secret, period, digits, algorithm: 'SHA1' });
  return {
    newSecret: () => new Secret({ size: secretBytes }).base32,
    address: (secret, login) => of(secret, login).toString(),
    stepOf: (code, secret, now) => {
      if (!/^\d{6}$/.test(code)) return undefined;
      const delta = of(secret).validate({ token: code, timestamp: now, window: 1 });
      return delta === null ? undefined : TOTP.counter({ period, timestamp: now }) + delta;
    },
  };
};
