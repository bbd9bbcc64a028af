const texts: Readonly<Record<string, string>> = {
  insufficient_funds: 'failure.insufficient-funds',
  card_expired: 'failure.card-expired',
  three_ds_failed: 'failure.three-ds-failed',
  limit_exceeded: 'failure.limit-exceeded',
  fraud_suspected: 'failure.fraud-suspected',
  method_restricted: 'failure.method-restricted',
  issuer_unavailable: 'failure.issuer-unavailable',
  country_forbidden: 'failure.country-forbidden',
  payer_cancelled: 'failure.payer-cancelled',
  timed_out: 'failure.timed-out',
  declined: 'failure.declined',
};

/** The sentence for why a payment failed. A word we do not know reads as a plain decline. */
export function failureTextId(reason: string | undefined): string {
  return texts[reason ?? 'declined'] ?? 'failure.declined';
}
