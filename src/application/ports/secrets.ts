/** Digests and locks whose keys live outside the database. */
export interface Secrets {
  /** Keyed digest of a code in its context; without the key it cannot be tried out. */
  mac(context: string): string;
  /** Compares two digests in constant time. */
  matches(a: string, b: string): boolean;
  /** Digest of a random token: what may be stored of it. */
  hashToken(token: string): string;
  /** Digest of a body, to tell two apart. */
  hashBytes(bytes: Uint8Array): string;
  /** Locks a short text that must wait in the database, such as an SMS. */
  seal(text: string, purpose: string): string;
  /** Opens what `seal` locked for the same purpose; throws when it was altered. */
  open(sealed: string, purpose: string): string;
}
