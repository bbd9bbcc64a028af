/** Slow, salted password digests (Argon2id). At most a few run at once; more wait in a short line. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /**
   * Tells whether the password belongs to the digest. Without a digest it works just as long and answers no,
   * so that nobody learns from the time taken which logins exist. Throws TooBusy when the line is full.
   */
  verify(password: string, digest: string | undefined): Promise<boolean>;
}
