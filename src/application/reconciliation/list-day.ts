import type { RegistryLine } from '../../domain/reconciliation.ts';
import { nextDay, startOfDay, type CalendarDay } from '../../domain/time.ts';
import type { PaymentProvider, Snapshot } from '../ports/payment-provider.ts';
import type { ReconcileDay } from './reconcile-day.ts';

/** Pages at the most: a provider that goes on for ever is not believed. */
const mostPages = 2_000;

export type ListedDay =
  | { readonly tag: 'done'; readonly lines: readonly RegistryLine[] }
  | { readonly tag: 'cannot-list' }
  | { readonly tag: 'unanswered'; readonly why: string };

/** A provider's payments of a day by its own list, page by page. */
export async function listDay(
  provider: PaymentProvider,
  day: CalendarDay,
  zone: string,
): Promise<ListedDay> {
  if (provider.list === undefined) return { tag: 'cannot-list' };
  const window = { from: startOfDay(day, zone), to: startOfDay(nextDay(day), zone) };
  const lines: RegistryLine[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await provider.list({ ...window, ...(cursor !== undefined && { cursor }) });
    if (answer.tag !== 'done') return { tag: 'unanswered', why: whyOf(answer) };
    lines.push(...answer.value.items.flatMap((item) => lineOf(item, window.from)));
    cursor = answer.value.next;
    if (cursor === undefined) return { tag: 'done', lines };
  }
  return { tag: 'unanswered', why: `more than ${String(mostPages)} pages` };
}

const whyOf = (answer: { readonly tag: string; readonly why?: string }): string =>
  answer.why ?? answer.tag;

function lineOf({ of, claim }: Snapshot, from: RegistryLine['at']): RegistryLine[] {
  const { state, ref, amount, credited, refundedTotal, paidAt } = claim;
  if (state !== 'paid' || amount === undefined) return [];
  const paymentId = of?.by === 'id' ? of.id : undefined;
  return [
    {
      ...{ ref: ref ?? paymentId ?? '', paymentId, gross: amount, net: credited },
      ...{ refunded: refundedTotal, at: paidAt ?? from },
    },
  ];
}

/** Reconciles a day of every provider that can list; answers what was done for each. */
export const reconcileByLists =
  (providers: readonly PaymentProvider[], reconcile: ReconcileDay, zone: string) =>
  async (
    day: CalendarDay,
  ): Promise<readonly { readonly provider: string; readonly done: string }[]> => {
    const done: { provider: string; done: string }[] = [];
    for (const provider of providers) {
      const listed = await listDay(provider, day, zone);
      if (listed.tag === 'cannot-list') continue;
      if (listed.tag === 'unanswered') {
        done.push({ provider: provider.code, done: `no list: ${listed.why}` });
        continue;
      }
      const { lines } = listed;
      const request = { provider, day, zone, source: 'list', hash: undefined, lines } as const;
      const run = await reconcile(request);
      const open = run.breaks.filter(({ state }) => state === 'open').length;
      const text = `${String(run.matched)} of ${String(run.lines)} matched, ${String(open)} open`;
      done.push({ provider: provider.code, done: text });
    }
    return done;
  };
export type ReconcileByLists = ReturnType<typeof reconcileByLists>;
