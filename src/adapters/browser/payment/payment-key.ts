/** The Idempotency-Key of one wish to pay, and the request it was last sent with. */
export interface PaymentKey {
  readonly key: string;
  readonly sentWith: string | undefined;
}

/** A key for the page just opened; nothing was sent with it yet. */
export function newPaymentKey(newId: () => string): PaymentKey {
  return { key: newId(), sentWith: undefined };
}

/**
 * The key to send this request with. The same request keeps its key, so that pressing twice or
 * trying again after a broken connection is one payment; a changed request is another wish.
 */
export function keyFor(previous: PaymentKey, request: unknown, newId: () => string): PaymentKey {
  const sentWith = JSON.stringify(request);
  if (previous.sentWith === undefined || previous.sentWith === sentWith) {
    return { key: previous.key, sentWith };
  }
  return { key: newId(), sentWith };
}
