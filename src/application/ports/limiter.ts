/** What is counted: each has its own window and number, see the configuration. */
export type LimitName =
  | 'sign-in-login'
  | 'sign-in-address'
  | 'sms-login'
  | 'work-proof'
  | 'receipt-check-address'
  | 'statement-mail'
  | 'staff-login'
  | 'staff-address';

export type LimitAnswer =
  { readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number };

/** Counts tries over long windows, exactly under parallel calls and over restarts. Fails closed: throws when it cannot count. */
export interface Limiter {
  spend(limit: LimitName, key: string): Promise<LimitAnswer>;
}
