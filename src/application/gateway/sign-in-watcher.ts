import type { KeyedRates } from '../../domain/protection/keyed-rates.ts';
import type { Rate } from '../../domain/protection/rate.ts';
import { deskLogin, isDeskLogin, openDeskSession } from '../../domain/desk-session.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { SignedInWatcher, WatcherStore } from '../ports/watcher-store.ts';
import type { AuthenticatorCodes } from '../authenticator-codes.ts';

export interface SignInWatcherRequest {
  readonly login: string;
  readonly password: string;
  readonly code: string;
  readonly tokenHash: string;
  readonly address: string;
}
export type SignInWatcherRefusal =
  | { readonly reason: 'too-many-tries'; readonly retryAfterMs: number }
  /** One answer for an unknown login, a wrong password, a wrong code and a used one. */
  | { readonly reason: 'sign-in-wrong' };

const quarterSeconds = 15 * 60;
/** Tries within a quarter of an hour. */
const loginRate: Rate = { perSecond: 10 / quarterSeconds, burst: 10 };
const addressRate: Rate = { perSecond: 30 / quarterSeconds, burst: 30 };
const longestPassword = 128;

/** Opens a session for password and code together; says nothing of which of them was wrong. */
export const signInWatcher =
  (
    store: WatcherStore,
    passwords: PasswordHasher,
    codes: AuthenticatorCodes,
    tries: KeyedRates,
    clock: Clock,
  ) =>
  async (request: SignInWatcherRequest): Promise<Result<SignedInWatcher, SignInWatcherRefusal>> => {
    const login = deskLogin(request.login);
    const retryAfterMs = spendTry(tries, login, request.address, clock);
    if (retryAfterMs > 0) return refused({ reason: 'too-many-tries', retryAfterMs });

    const credential = await store.findCredential(login);
    const password = request.password.length > longestPassword ? '' : request.password;
    const isRight = await passwords.verify(password, credential?.passwordHash);
    const now = clock.now();
    const step = codes.stepOf(credential?.sealedSecret, request.code, now);
    if (credential === undefined || !isRight || step === undefined) {
      return refused({ reason: 'sign-in-wrong' });
    }
    const { person } = credential;
    const session = openDeskSession(request.tokenHash, person.id, now);
    const isOpened = await store.openSession(session, step);
    return isOpened ? ok({ session, person }) : refused({ reason: 'sign-in-wrong' });
  };
export type SignInWatcher = ReturnType<typeof signInWatcher>;

/** Takes one try of the login and of the address; answers how long to stay away when either has none left. */
function spendTry(tries: KeyedRates, login: string, address: string, clock: Clock): number {
  const now = clock.now();
  const limits = [
    // What nobody can be called shares one line, so that made-up names fill no memory.
    { key: isDeskLogin(login) ? `login ${login}` : 'no login', rate: loginRate },
    { key: `address ${address}`, rate: addressRate },
  ];
  const waitMs = Math.max(...limits.map(({ key, rate }) => tries.waitMs(key, rate, 1, now)));
  if (waitMs === 0) for (const { key, rate } of limits) tries.take(key, rate, 1, now);
  return waitMs;
}
