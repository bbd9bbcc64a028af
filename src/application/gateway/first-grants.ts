import type { Grant } from '../../domain/protection/grant.ts';
import { later, type Instant } from '../../domain/time.ts';
import type { MessageType } from '../ports/envelope.ts';

/** How long the grants of the start hold before the safe values do. */
const firstTermMs = 10 * 365 * 24 * 3_600_000;

/** The gateway answers these itself, so the inside has no say: each portal instance sends one a second. */
const edgeLimits = { rate: { perSecond: 20, burst: 20 }, concurrency: 10 };
const edgeReports = { ...edgeLimits, safe: edgeLimits };

const granted: Readonly<
  Partial<Record<MessageType, Pick<Grant, 'rate' | 'concurrency' | 'safe'>>>
> = {
  'ledger.read-account': {
    rate: { perSecond: 200, burst: 200 },
    concurrency: 100,
    safe: { rate: { perSecond: 20, burst: 20 }, concurrency: 10 },
  },
  'ledger.record-payment': {
    rate: { perSecond: 500, burst: 500 },
    concurrency: 200,
    safe: { rate: { perSecond: 100, burst: 100 }, concurrency: 50 },
  },
  'ledger.record-refund': {
    rate: { perSecond: 100, burst: 100 },
    concurrency: 50,
    safe: { rate: { perSecond: 20, burst: 20 }, concurrency: 10 },
  },
  'gateway.report-edge': edgeReports,
};

/** What the gateway lets through until the inside grants otherwise: requests per second and at once, by operation. */
export const firstGrants = (now: Instant): Grant[] =>
  Object.entries(granted).map(([operation, limits]) => ({
    operation,
    seq: 0,
    expiresAt: later(now, firstTermMs),
    ...limits,
  }));
