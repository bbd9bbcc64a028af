import type { Release } from '../../application/gateway/operation-budgets.ts';
import type { Envelope } from '../../application/ports/envelope.ts';

/** Queries that went inside and were not answered yet. Each holds a place in a budget, so there are never many. */
export interface OpenQueries {
  /** Opens a query; after `forMs` it counts as unanswered and its place is free. */
  open(query: Envelope, release: Release, forMs: number): void;
  /** Closes the query a reply belongs to and frees its place; undefined when there is none. */
  close(correlationId: string): Envelope | undefined;
  closeAll(): void;
}

export const openQueries = (): OpenQueries => {
  const open = new Map<string, { readonly query: Envelope; readonly end: () => void }>();
  const close = (id: string): Envelope | undefined => {
    const found = open.get(id);
    open.delete(id);
    found?.end();
    return found?.query;
  };
  return {
    open: (query, release, forMs) => {
      const timer = setTimeout(close, forMs, query.id);
      timer.unref();
      open.set(query.id, {
        query,
        end: () => {
          clearTimeout(timer);
          release();
        },
      });
    },
    close,
    closeAll: () => {
      for (const id of [...open.keys()]) close(id);
    },
  };
};
