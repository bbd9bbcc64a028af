import type { Limiter } from '../../src/application/ports/limiter.ts';
import type { PasswordHasher } from '../../src/application/ports/password-hasher.ts';
import type { SignInStore } from '../../src/application/ports/sign-in-store.ts';
import type { SmsOutcome, SmsSender } from '../../src/application/ports/sms-sender.ts';
import { publishOutbox } from '../../src/application/publish-outbox.ts';
import { enterCode } from '../../src/application/sign-in/enter-code.ts';
import { issueCode } from '../../src/application/sign-in/issue-code.ts';
import { resendCode } from '../../src/application/sign-in/resend-code.ts';
import { sendSms } from '../../src/application/sign-in/send-sms.ts';
import { startSignIn } from '../../src/application/sign-in/start-sign-in.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { AttemptId } from '../../src/domain/ids.ts';
import {
  fixedRandomness,
  freshId,
  givenCustomer,
  openLimiter,
  secrets,
  stoppedClock,
} from './given.ts';
import { memoryStores } from './portal-stores.ts';

/** Passwords that are their own digest; counts how often one was looked at. */
export function plainPasswords(): PasswordHasher & { readonly looks: string[] } {
  const looks: string[] = [];
  return {
    looks,
    hash: async (password) => `digest of ${password}`,
    verify: async (password, digest) => {
      looks.push(password);
      return digest === `digest of ${password}`;
    },
  };
}

/** An operator that keeps what it was given and answers as told. */
export function scriptedSms(...answers: SmsOutcome[]) {
  const texts: { to: string; text: string }[] = [];
  const sender: SmsSender = {
    send: async (to, text) => {
      texts.push({ to, text });
      return answers.shift() ?? { outcome: 'accepted', reference: '1' };
    },
  };
  return { sender, texts };
}

export const browserHash = 'this-browser';
export const host = 'kabinet.example';

/** A portal with Anna, who has a password and a phone. */
export async function givenSignIns(
  settings: { readonly limiter?: Limiter; readonly anna?: Partial<Customer> } = {},
  seen: (store: SignInStore) => SignInStore = (store) => store,
) {
  const clock = stoppedClock();
  const stores = memoryStores();
  const signIns = seen(stores.signIns);
  const limiter = settings.limiter ?? openLimiter();
  const passwords = plainPasswords();
  const sms = scriptedSms();
  const issue = issueCode(fixedRandomness(), secrets, host);
  const anna = givenCustomer(settings.anna);
  await stores.customers.put(anna, 1);
  await stores.signIns.addCredential(anna.id, 'anna', await passwords.hash('secret'));

  const start = startSignIn(signIns, passwords, limiter, issue, clock);
  const enter = enterCode(signIns, secrets, clock);
  const deliver = publishOutbox(stores.outbox, { sms: sendSms(sms.sender, secrets, clock) }, clock);
  return {
    clock,
    stores,
    anna,
    passwords,
    texts: sms.texts,
    start,
    resend: resendCode(signIns, limiter, issue, clock),
    /** Signs in with Anna's password, or the ones said; answers the attempt. */
    begin: async (login = 'anna', password = 'secret'): Promise<AttemptId> => {
      const attemptId = freshId<AttemptId>();
      await start({ attemptId, login, password, browserHash, address: '192.0.2.1' });
      return attemptId;
    },
    enter: (attemptId: AttemptId, typed: string, tokenHash = 'token') =>
      enter({ attemptId, browserHash, typed, tokenHash }),
    /** Lets the messages leave; answers the code in the newest one. */
    readPhone: async (): Promise<string> => {
      await deliver();
      return /\d{6}/.exec(sms.texts.at(-1)?.text ?? '')?.[0] ?? '';
    },
  };
}
