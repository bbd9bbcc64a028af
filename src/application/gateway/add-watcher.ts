import { deskLogin, isDeskLogin } from '../../domain/desk-session.ts';
import type { Watcher, WatcherId } from '../../domain/protection/watcher.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { WatcherStore } from '../ports/watcher-store.ts';
import type { AuthenticatorCodes } from '../authenticator-codes.ts';

export interface NewWatcher {
  readonly login: string;
  readonly name: string;
  readonly password: string;
  /** Of their authenticator. */
  readonly secret: string;
}
export type AddWatcherRefusal = { readonly reason: 'login-malformed' | 'login-taken' };

/** Lets somebody sign in at the console. Their password and secret are kept only as digest and sealed. */
export const addWatcher =
  (
    store: WatcherStore,
    passwords: PasswordHasher,
    codes: AuthenticatorCodes,
    randomness: Randomness,
  ) =>
  async ({
    name,
    password,
    secret,
    ...typed
  }: NewWatcher): Promise<Result<Watcher, AddWatcherRefusal>> => {
    const login = deskLogin(typed.login);
    if (!isDeskLogin(login)) return refused({ reason: 'login-malformed' });
    const watcher = { id: randomness.id() as WatcherId, login, name, isActive: true };
    const passwordHash = await passwords.hash(password);
    const added = await store.add({
      person: watcher,
      passwordHash,
      sealedSecret: codes.sealNew(secret),
    });
    return added === 'added' ? ok(watcher) : refused({ reason: 'login-taken' });
  };
export type AddWatcher = ReturnType<typeof addWatcher>;
