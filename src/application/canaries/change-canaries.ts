import { isId } from '../../domain/ids.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Canary, CanarySettings } from '../ports/canary-settings.ts';
import type { RealIds } from '../ports/real-ids.ts';

/** As many as one message to a gateway carries. */
export const mostCanaries = 1_000;
export const longestNote = 200;

/** An id of 16 random bytes that looks as the books make theirs: a thief must not tell one from the other. */
export const canaryId = (bytes: Uint8Array): string => {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const part = (from: number, to: number): string => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-8${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
};

export interface AddCanaryRefusal {
  readonly reason: 'no-id' | 'real' | 'known' | 'too-many' | 'note-too-long';
}

/** Adds a canary. What means a real customer or account is refused: its owner would be told that it does not exist. */
export const addCanary =
  (settings: CanarySettings, real: RealIds) =>
  async (canary: Canary): Promise<Result<Canary, AddCanaryRefusal>> => {
    const { id, note } = canary;
    if (!isId(id)) return refused({ reason: 'no-id' });
    if (note.length > longestNote) return refused({ reason: 'note-too-long' });
    const all = await settings.read();
    if (all.some((one) => one.id === id)) return refused({ reason: 'known' });
    if (all.length >= mostCanaries) return refused({ reason: 'too-many' });
    const [owned] = await real.among([id]);
    if (owned !== undefined) return refused({ reason: 'real' });

    await settings.keep([...all, canary]);
    return ok(canary);
  };
export type AddCanary = ReturnType<typeof addCanary>;

/** Takes a canary off the list. */
export const removeCanary =
  (settings: CanarySettings) =>
  async (id: string): Promise<Result<Canary, { readonly reason: 'unknown' }>> => {
    const all = await settings.read();
    const removed = all.find((one) => one.id === id);
    if (removed === undefined) return refused({ reason: 'unknown' });

    await settings.keep(all.filter((one) => one !== removed));
    return ok(removed);
  };
export type RemoveCanary = ReturnType<typeof removeCanary>;
