import { createSession, type Session as SseSession } from 'better-sse';
import type { AccountStore, FeedEntry } from '../../application/ports/account-store.ts';
import type { Wakeups } from '../../application/ports/wakeups.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { routes } from './contract/routes.ts';
import type { RouteRegistry } from './route-registry.ts';
import { toAccountJson, toOperationJson } from './to-json.ts';

export interface LiveRoutesNeed {
  readonly accounts: AccountStore;
  readonly wakeups: Wakeups;
  /** Tells whether the session behind a stream still lives; looked at every minute. */
  readonly isSignedIn: (tokenHash: string) => Promise<boolean>;
  /** Every open stream puts its end here, so that a closing server can say goodbye. */
  readonly streams: Set<() => void>;
}

const batch = 100;
const recheckMs = 60_000;

/** Server-sent events: the customer's feed from where the page left it, then as it grows. */
export function addLiveRoutes(registry: RouteRegistry, need: LiveRoutesNeed): void {
  registry.add(routes.live, async ({ ctx, signedIn }) => {
    const { customer, session } = signedIn;
    ctx.respond = false;
    ctx.status = 200;
    const stream = await createSession(ctx.req, ctx.res, {
      retry: 2_000,
      keepAlive: 15_000,
      headers: { 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' },
    });
    const lastSeen = Number(stream.lastId);
    const from =
      stream.lastId !== '' && Number.isSafeInteger(lastSeen)
        ? lastSeen
        : await need.accounts.feedEnd(customer.id);
    const pump = feedPump(stream, need.accounts, customer.id, from);
    const stopHearing = need.wakeups.on('live', (key) => {
      if (key === customer.id) pump();
    });
    const recheck = setInterval(() => {
      need.isSignedIn(session.tokenHash).then(
        (isLive) => isLive || end(),
        () => undefined,
      );
    }, recheckMs);
    const end = (): void => {
      ctx.res.end();
    };
    need.streams.add(end);
    stream.once('disconnected', () => {
      stopHearing();
      clearInterval(recheck);
      need.streams.delete(end);
    });
    pump();
    return undefined;
  });
}

/** Sends what is new, one run at a time; a call during a run makes it look once more. */
function feedPump(
  stream: SseSession,
  accounts: AccountStore,
  customer: CustomerId,
  from: number,
): () => void {
  let seq = from;
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    do {
      isWanted = false;
      const entries = await accounts.feedAfter(customer, seq, batch);
      for (const entry of entries) {
        if (!stream.isConnected) return;
        stream.push(toLive(entry), entry.kind, String(entry.seq));
        seq = entry.seq;
      }
      isWanted ||= entries.length === batch;
    } while (isWanted);
  };
  return () => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    run()
      .catch(() => undefined)
      .finally(() => {
        isRunning = false;
      });
  };
}

function toLive(entry: FeedEntry): unknown {
  switch (entry.kind) {
    case 'operation':
      return { operation: toOperationJson(entry.operation), account: toAccountJson(entry.account) };
    case 'payment':
      return { paymentId: entry.paymentId, state: entry.state };
    case 'reset':
      return {};
  }
}
