/** Something outside is down or silent; the work may be tried again later. */
export class Outage extends Error {
  override readonly name: string = 'Outage';
}

/** We are at our own limit; the caller is asked to come again. */
export class TooBusy extends Error {
  override readonly name: string = 'TooBusy';
  readonly retryAfterMs: number;
  constructor(sentence: string, retryAfterMs: number) {
    super(sentence);
    this.retryAfterMs = retryAfterMs;
  }
}
