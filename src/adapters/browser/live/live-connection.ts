export type LiveState = 'connecting' | 'live' | 'down';

export interface LiveListener {
  readonly onState: (state: LiveState) => void;
  readonly onEvent: (name: LiveEventName, text: string) => void;
}

export type LiveEventName = 'operation' | 'payment' | 'reset';
const eventNames: readonly LiveEventName[] = ['operation', 'payment', 'reset'];

const reopenDelaysMs = [2_000, 4_000, 8_000, 15_000] as const;
const slowReopenMs = 30_000;

/**
 * Listens to the live stream until closed. The browser reconnects by itself after a broken
 * connection; after a refusal it gives up, so then we open anew, later each time.
 */
export function openLive(path: string, listener: LiveListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const open = (): void => {
    listener.onState('connecting');
    const opened = new EventSource(path);
    source = opened;
    opened.addEventListener('open', () => {
      // A stream opened anew does not know what we have missed; one resumed by the browser does.
      if (failures > 0) listener.onEvent('reset', '');
      failures = 0;
      listener.onState('live');
    });
    opened.addEventListener('error', () => {
      listener.onState('down');
      if (opened.readyState !== EventSource.CLOSED) return;
      const delayMs = reopenDelaysMs[failures] ?? slowReopenMs;
      failures += 1;
      // A little chance, so that thousands of pages do not come back in the same second.
      timer = setTimeout(open, delayMs * (1 + Math.random() / 2));
    });
    for (const name of eventNames) {
      opened.addEventListener(name, (event: MessageEvent<unknown>) => {
        listener.onEvent(name, String(event.data));
      });
    }
  };

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
