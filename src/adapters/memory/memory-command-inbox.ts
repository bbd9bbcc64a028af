import type { CommandInbox, InboxEntry } from '../../application/ports/command-inbox.ts';
import type { Instant } from '../../domain/time.ts';

/** Which commands came, in a map. */
export class MemoryCommandInbox implements CommandInbox {
  readonly #taken = new Map<string, { readonly requestHash: string; readonly at: Instant }>();

  take(
    { source, idempotencyKey, requestHash }: InboxEntry,
    now: Instant,
  ): Promise<'new' | 'repeated' | 'conflict'> {
    const key = `${source} ${idempotencyKey}`;
    const before = this.#taken.get(key);
    if (before === undefined) {
      this.#taken.set(key, { requestHash, at: now });
      return Promise.resolve('new');
    }
    return Promise.resolve(before.requestHash === requestHash ? 'repeated' : 'conflict');
  }

  forgetBefore(moment: Instant): Promise<number> {
    const old = [...this.#taken].filter(([, { at }]) => at < moment);
    for (const [key] of old) this.#taken.delete(key);
    return Promise.resolve(old.length);
  }
}
