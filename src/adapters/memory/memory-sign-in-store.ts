import type { OutgoingMessage } from '../../application/ports/outbox.ts';
import type { Credential, SignInStore, SpentTry } from '../../application/ports/sign-in-store.ts';
import type { AttemptId, CodeId, CustomerId } from '../../domain/ids.ts';
import { codePolicy, type OneTimeCode } from '../../domain/one-time-code.ts';
import type { Session } from '../../domain/session.ts';
import type { SignInAttempt } from '../../domain/sign-in.ts';
import { instant, type Instant } from '../../domain/time.ts';
import type { MemoryCustomerStore } from './memory-customer-store.ts';
import type { MemoryOutbox } from './memory-outbox.ts';
import type { MemorySessionStore } from './memory-session-store.ts';

type Kept = Pick<
  Credential,
  'customerId' | 'passwordHash' | 'codeFailures' | 'lastCodeFailureAt'
> & { readonly login: string };

/** The one code of an attempt that is of use, and what was done with it. */
interface LiveCode {
  readonly code: OneTimeCode;
  readonly tries: number;
  readonly isConsumed: boolean;
}

/** Sign-ins under way in maps; every step is taken at once, so parallel tries cannot overtake each other. */
export class MemorySignInStore implements SignInStore {
  readonly #credentials = new Map<CustomerId, Kept>();
  readonly #attempts = new Map<AttemptId, SignInAttempt>();
  readonly #codes = new Map<AttemptId, LiveCode>();
  readonly #customers: MemoryCustomerStore;
  readonly #sessions: MemorySessionStore;
  readonly #outbox: MemoryOutbox;

  constructor(customers: MemoryCustomerStore, sessions: MemorySessionStore, outbox: MemoryOutbox) {
    this.#customers = customers;
    this.#sessions = sessions;
    this.#outbox = outbox;
  }

  async findCredential(login: string): Promise<Credential | undefined> {
    const kept = [...this.#credentials.values()].find((one) => one.login === login);
    return kept === undefined ? undefined : this.#credential(kept.customerId);
  }

  async credentialOf(customerId: CustomerId): Promise<Credential | undefined> {
    return this.#credential(customerId);
  }

  async addCredential(customerId: CustomerId, login: string, passwordHash: string): Promise<void> {
    if (this.#credentials.has(customerId)) return;
    if ((await this.findCredential(login)) !== undefined) throw new Error('this login is taken');
    const fresh = { codeFailures: 0, lastCodeFailureAt: instant(0) };
    this.#credentials.set(customerId, { customerId, login, passwordHash, ...fresh });
  }

  async open(attempt: SignInAttempt, code: OneTimeCode, message: OutgoingMessage): Promise<void> {
    this.#attempts.set(attempt.id, attempt);
    this.#put(code, message);
  }

  async findAttempt(
    id: AttemptId,
    browserHash: string,
    now: Instant,
  ): Promise<SignInAttempt | undefined> {
    const attempt = this.#attempts.get(id);
    const isOurs = attempt?.browserHash === browserHash;
    return isOurs && now < attempt.expiresAt ? attempt : undefined;
  }

  async replaceCode(
    attempt: SignInAttempt,
    code: OneTimeCode,
    message: OutgoingMessage,
  ): Promise<boolean> {
    const known = this.#attempts.get(attempt.id);
    if (known?.sends !== attempt.sends - 1) return false;
    const { sends, lastSentAt } = attempt;
    this.#attempts.set(attempt.id, { ...known, sends, lastSentAt });
    this.#put(code, message);
    return true;
  }

  async spendTry(id: AttemptId, browserHash: string, now: Instant): Promise<SpentTry | undefined> {
    const attempt = this.#attempts.get(id);
    const live = this.#codes.get(id);
    if (attempt?.browserHash !== browserHash || live === undefined) return undefined;
    const { code, tries, isConsumed } = live;
    const isOver = now >= code.expiresAt || now >= attempt.expiresAt;
    if (isConsumed || isOver || tries >= codePolicy.triesPerCode) return undefined;
    this.#codes.set(id, { ...live, tries: tries + 1 });
    const triesLeft = codePolicy.triesPerCode - tries - 1;
    return { codeId: code.id, mac: code.mac, customerId: attempt.customerId, triesLeft };
  }

  async noteWrongCode(customerId: CustomerId, now: Instant): Promise<void> {
    const kept = this.#credentials.get(customerId);
    if (kept === undefined) return;
    const codeFailures = kept.codeFailures + 1;
    this.#credentials.set(customerId, { ...kept, codeFailures, lastCodeFailureAt: now });
  }

  async complete(id: AttemptId, codeId: CodeId, session: Session): Promise<boolean> {
    const live = this.#codes.get(id);
    if (live?.code.id !== codeId || live.isConsumed) return false;
    this.#codes.set(id, { ...live, isConsumed: true });
    const kept = this.#credentials.get(session.customerId);
    if (kept !== undefined) {
      this.#credentials.set(session.customerId, { ...kept, codeFailures: 0 });
    }
    this.#sessions.open(session);
    return true;
  }

  #put(code: OneTimeCode, message: OutgoingMessage): void {
    this.#codes.set(code.attemptId, { code, tries: 0, isConsumed: false });
    this.#outbox.save(message);
  }

  #credential(customerId: CustomerId): Credential | undefined {
    const kept = this.#credentials.get(customerId);
    const customer = this.#customers.get(customerId);
    if (kept === undefined || customer === undefined) return undefined;
    const { passwordHash, codeFailures, lastCodeFailureAt } = kept;
    const { phone, locale } = customer;
    return { customerId, passwordHash, phone, locale, codeFailures, lastCodeFailureAt };
  }
}
