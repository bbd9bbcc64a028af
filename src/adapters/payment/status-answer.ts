import type { NotificationVerdict, RawResponse } from '../../application/ports/payment-provider.ts';

/** The answers to a provider that looks at the status: 200 ends it, anything else makes it come again. */
export const statusAnswer =
  (accepted = '') =>
  (verdict: NotificationVerdict): RawResponse => {
    switch (verdict) {
      case 'accepted':
        return { status: 200, body: accepted };
      case 'retry':
        return { status: 503, body: '' };
      case 'refused':
      case 'forbid':
        return { status: 400, body: '' };
    }
  };
