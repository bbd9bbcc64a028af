/** `live`: the feed of a customer (the key) grew. `outbox`: messages wait. */
export type WakeupTopic = 'live' | 'outbox';

/** Says across processes that there is something new. A hint only: nothing is lost if one is missed. */
export interface Wakeups {
  on(topic: WakeupTopic, listener: (key: string) => void): () => void;
}
