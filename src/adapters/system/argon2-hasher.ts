import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../../application/ports/password-hasher.ts';
import type { Secrets } from '../../application/ports/secrets.ts';
import { waitingLine } from './waiting-line.ts';

/** Argon2id, 19 MiB, two passes. Source: OWASP password storage cheat sheet, ASVS 5.0 appendix C. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Of a password nobody knows; same parameters, so that it takes as long. */
const nobodysDigest =
  '$argon2id$v=19$m=19456,t=2,p=1$lp9ZzYEiaLfXmvFiEBv1Ig$4ohde0Pdbb7mRzuVY+IA2kotmrAClAAMPYDwLrFI/q8';

const purpose = 'password';
const atOnce = 4;
const mostWaiting = 200;
/** About how long a full line takes. */
const retryAfterMs = 2_000;

/** Argon2id digests, sealed: a stolen database alone cannot even be tried out. */
export function argon2Hasher(secrets: Secrets): PasswordHasher {
  const inLine = waitingLine(atOnce, mostWaiting, retryAfterMs);
  const nobodysSealed = secrets.seal(nobodysDigest, purpose);
  return {
    hash: async (password) => {
      const digest = await inLine(() => hash(normal(password), parameters));
      return secrets.seal(digest, purpose);
    },
    verify: async (password, digest) => {
      const phc = secrets.open(digest ?? nobodysSealed, purpose);
      const isRight = await inLine(() => verify(phc, normal(password)));
      return isRight && digest !== undefined;
    },
  };
}

/** The same letters typed on another keyboard are the same password. Source: NIST SP 800-63B-4, 3.1.1.2. */
const normal = (password: string): string => password.normalize('NFC');
