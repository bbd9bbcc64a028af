/** The only die the core knows; every answer comes from a cryptographic source. */
export interface Randomness {
  /** A new id: UUID version 7, so that ids made later sort later. */
  id(): string;
  /** A uniformly drawn decimal code with leading zeros. */
  digits(count: number): string;
  /** A secret for a cookie: 256 bits in base64url. */
  token(): string;
  bytes(count: number): Uint8Array;
}
