import { dayIn, hour, instant, type Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import type { ReconciliationStore } from '../ports/reconciliation-store.ts';
import { reconcileByLists } from './list-day.ts';
import type { ReconcileDay } from './reconcile-day.ts';

/** A day is asked for three hours after its end: until then providers still write into its list. */
const restHours = 3;

/**
 * Reconciles the last whole day of every provider that can list and has not been reconciled for it. A provider that
 * gives no answer is asked again the next time.
 */
export const reconcileYesterday =
  (
    providers: readonly PaymentProvider[],
    runs: ReconciliationStore,
    reconcile: ReconcileDay,
    zone: string,
    clock: Clock,
  ) =>
  async (): Promise<Awaited<ReturnType<ReturnType<typeof reconcileByLists>>>> => {
    const day = dayIn(zone, dayBefore(clock.now()));
    const due: PaymentProvider[] = [];
    for (const provider of providers) {
      if (provider.list === undefined) continue;
      if ((await runs.ofDay(provider.code, day, 'list')) === undefined) due.push(provider);
    }
    return reconcileByLists(due, reconcile, zone)(day);
  };
export type ReconcileYesterday = ReturnType<typeof reconcileYesterday>;

const dayBefore = (now: Instant): Instant => instant(now - (24 + restHours) * hour);
