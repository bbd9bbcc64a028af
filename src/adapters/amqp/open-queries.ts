import type { Envelope } from '../../application/ports/envelope.ts';
import type { GiveBack } from './gate-turns.ts';

/** Queries that went inside and were not answered yet. Each holds a place in a budget, so there are never many. */
export interface OpenQueries {
  /** Opens a query; after `forMs` the inside counts as silent and its place is free. */
  open(query: Envelope, giveBack: GiveBack, forMs: number): void;
  /** Closes the query a reply belongs to and frees its place; undefined when there is none. */
  close(correlationId: string, ended: Parameters<GiveBack>[0]): Envelope | undefined;
  closeAll(): void;
}

export const openQueries = (): OpenQueries => {
  const open = new Map<string, { readonly query: Envelope; readonly end: GiveBack }>();
  const close = (id: string, ended: Parameters<GiveBack>[0]): Envelope | undefined => {
    const found = open.get(id);
    open.delete(id);
    found?.end(ended);
    return found?.query;
  };
  return {
    open: (query, giveBack, forMs) => {
      const timer = setTimeout(close, forMs, query.id, 'overloaded');
      timer.unref();
      open.set(query.id, {
        query,
        end: (ended) => {
          clearTimeout(timer);
          giveBack(ended);
        },
      });
    },
    close,
    closeAll: () => {
      for (const id of [...open.keys()]) close(id, 'unknown');
    },
  };
};
