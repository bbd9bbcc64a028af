import { useEffect } from 'react';
import type { PaymentJson } from '../../http/contract/payment-json.ts';
import { forgetDeparture } from './departures.ts';
import { leaveForProvider } from './provider-form.ts';

/** Sends a leaving payer to the provider once, as soon as the payment says where. */
export function useDeparture(
  payment: PaymentJson | undefined,
  isLeaving: boolean,
  onStay: () => void,
): void {
  useEffect(() => {
    if (!isLeaving || payment === undefined) return;
    if (payment.state === 'pending' && payment.redirect !== undefined) {
      forgetDeparture(payment.id);
      leaveForProvider(payment.redirect);
      return;
    }
    const isOnTheWay = ['created', 'initiating', 'pending'].includes(payment.state);
    if (isOnTheWay) return;
    forgetDeparture(payment.id);
    onStay();
  }, [isLeaving, payment, onStay]);

  useEffect(() => {
    // Back from the provider by the back button, the page may come out of the browser's memory.
    const onShow = (event: PageTransitionEvent): void => {
      if (event.persisted) onStay();
    };
    window.addEventListener('pageshow', onShow);
    return () => {
      window.removeEventListener('pageshow', onShow);
    };
  }, [onStay]);
}
