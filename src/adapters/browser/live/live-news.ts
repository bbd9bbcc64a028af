const newForMs = 5_000;

export interface LiveNews {
  /** Operations that came in the last five seconds: they are marked as new. */
  readonly isNew: (operationId: string) => boolean;
  readonly add: (operationId: string) => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Changes whenever what is new changes. */
  readonly version: () => number;
}

/** Remembers which operations have just come, and forgets them after five seconds. */
export function makeLiveNews(): LiveNews {
  const fresh = new Set<string>();
  const listeners = new Set<() => void>();
  let version = 0;
  const changed = (): void => {
    version += 1;
    for (const listener of listeners) listener();
  };
  return {
    isNew: (operationId) => fresh.has(operationId),
    add: (operationId) => {
      fresh.add(operationId);
      changed();
      setTimeout(() => {
        fresh.delete(operationId);
        changed();
      }, newForMs);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
  };
}
