// Kept in memory only: after a reload, or on the way back, nobody is sent off again unasked.
const departing = new Set<string>();

/** Notes that the payer of this payment is to be sent to the provider as soon as it can be done. */
export function announceDeparture(paymentId: string): void {
  departing.add(paymentId);
}

export function isDeparting(paymentId: string): boolean {
  return departing.has(paymentId);
}

export function forgetDeparture(paymentId: string): void {
  departing.delete(paymentId);
}
