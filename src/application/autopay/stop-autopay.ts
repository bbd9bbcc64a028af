import type { AccountId, CustomerId, SavedMethodId } from '../../domain/ids.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { AutoPayStore } from '../ports/autopay-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { SavedMethodStore } from '../ports/saved-method-store.ts';

type Gone = Result<undefined, { readonly reason: 'not-found' }>;
const answer = (wasThere: boolean): Gone =>
  wasThere ? ok(undefined) : refused({ reason: 'not-found' });

/** Turns auto-pay of an account off. A charge that was recorded already still goes through. */
export const stopAutoPay =
  (autopays: AutoPayStore, clock: Clock) =>
  async (account: AccountId, customer: CustomerId): Promise<Gone> =>
    answer(await autopays.stop(account, customer, clock.now()));
export type StopAutoPay = ReturnType<typeof stopAutoPay>;

/** Forgets a remembered method with its token, after what would charge it: cut short, the method is still shown. */
export const forgetMethod =
  (saved: SavedMethodStore, autopays: AutoPayStore, clock: Clock) =>
  async (method: SavedMethodId, customer: CustomerId): Promise<Gone> => {
    await autopays.stopBy(method, customer, clock.now());
    return answer(await saved.forget(method, customer));
  };
export type ForgetMethod = ReturnType<typeof forgetMethod>;
