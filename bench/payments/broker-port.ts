import type { MessagePort, Worker } from 'node:worker_threads';
import type { Broker, TakeVerdict, WireMessage } from '../../src/application/ports/broker.ts';

/** The two ends of a line between threads. */
type Port = Pick<MessagePort | Worker, 'postMessage' | 'on' | 'off'>;

type Asked =
  | { readonly ask: 'publish'; readonly n: number; readonly message: WireMessage }
  | { readonly ask: 'consume'; readonly n: number; readonly queue: string; readonly atOnce: number }
  | { readonly ask: 'stop' | 'close'; readonly n: number }
  | { readonly ask: 'verdict'; readonly n: number; readonly verdict: TakeVerdict };
type Told =
  | { readonly tell: 'answer'; readonly n: number; readonly answer?: 'taken' | 'full' }
  | {
      readonly tell: 'take';
      readonly n: number;
      readonly queue: string;
      readonly message: WireMessage;
    };

/** Lets another thread use this broker as its own connection, over the port. */
export function lendBroker(port: Port, broker: Broker): void {
  const verdicts = new Map<number, (verdict: TakeVerdict) => void>();
  const state = { taken: 0 };
  let stop: () => Promise<void> = () => Promise.resolve();
  const tell = (told: Told): void => port.postMessage(told);
  const answer = async (asked: Asked): Promise<'taken' | 'full' | undefined> => {
    switch (asked.ask) {
      case 'publish':
        return broker.publish(asked.message);
      case 'consume': {
        const { queue, atOnce } = asked;
        stop = await broker.consume(queue, atOnce, (message) => {
          const n = (state.taken += 1);
          tell({ tell: 'take', n, queue, message });
          return new Promise((resolve) => verdicts.set(n, resolve));
        });
        return undefined;
      }
      case 'stop':
        await stop();
        return undefined;
      case 'close':
        await broker.close();
        return undefined;
      case 'verdict':
        verdicts.get(asked.n)?.(asked.verdict);
        verdicts.delete(asked.n);
        return undefined;
    }
  };
  port.on('message', (asked: Asked | string) => {
    if (typeof asked === 'string') return;
    void answer(asked).then((said) => {
      if (asked.ask === 'verdict') return;
      tell({ tell: 'answer', n: asked.n, ...(said === undefined ? {} : { answer: said }) });
    });
  });
}

/** The broker that another thread lends. One queue is consumed over it at most. */
export function borrowBroker(port: Port): Broker {
  const waiting = new Map<number, (answer: 'taken' | 'full' | undefined) => void>();
  const state = { asked: 0 };
  let take: (message: WireMessage) => Promise<TakeVerdict> = () => Promise.resolve('again');
  const hear = (told: Told): void => {
    if (told.tell === 'answer') {
      waiting.get(told.n)?.(told.answer);
      waiting.delete(told.n);
      return;
    }
    void take(told.message).then((verdict) => {
      port.postMessage({ ask: 'verdict', n: told.n, verdict } satisfies Asked);
    });
  };
  port.on('message', hear);
  const ask = (asked: (n: number) => Asked): Promise<'taken' | 'full' | undefined> => {
    const n = (state.asked += 1);
    return new Promise((resolve) => {
      waiting.set(n, resolve);
      port.postMessage(asked(n));
    });
  };
  return {
    publish: async (message) =>
      (await ask((n) => ({ ask: 'publish', n, message }))) === 'full' ? 'full' : 'taken',
    consume: async (queue, atOnce, then) => {
      take = then;
      await ask((n) => ({ ask: 'consume', n, queue, atOnce }));
      return async () => {
        await ask((n) => ({ ask: 'stop', n }));
      };
    },
    waiting: () => Promise.reject(new Error('nobody asks that of a lent broker')),
    close: async () => {
      await ask((n) => ({ ask: 'close', n }));
      port.off('message', hear);
    },
  };
}
