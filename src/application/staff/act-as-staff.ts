import { refused, type Result } from '../../domain/result.ts';
import { may, type Staff, type StaffAction } from '../../domain/staff.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalEntry, StaffJournal } from '../ports/staff-store.ts';

export interface NotAllowed {
  readonly reason: 'not-allowed';
}

export interface StaffAct extends Pick<JournalEntry, 'paymentId' | 'detail'> {
  readonly action: Exclude<StaffAction, 'look'>;
}

/**
 * Lets somebody act who may. The journal's row is written first: what was begun is known even when the act is cut short,
 * and nothing happens that could not be written down.
 */
export const actAsStaff =
  (journal: StaffJournal, clock: Clock) =>
  async <Value, Refusal>(
    staff: Staff,
    { action, ...of }: StaffAct,
    act: () => Promise<Result<Value, Refusal>>,
  ): Promise<Result<Value, Refusal | NotAllowed>> => {
    const isAllowed = may(staff, action);
    const entry = { ...of, at: clock.now(), staffId: staff.id };
    const refusal = { ...entry, action: 'not-allowed', detail: action } as const;
    await journal.write(isAllowed ? { ...entry, action } : refusal);
    return isAllowed ? act() : refused({ reason: 'not-allowed' });
  };
export type ActAsStaff = ReturnType<typeof actAsStaff>;
