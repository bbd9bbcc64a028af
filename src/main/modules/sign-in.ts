import { ContainerModule } from 'inversify';
import { altchaProofs } from '../../adapters/system/altcha-proofs.ts';
import { enterCode } from '../../application/sign-in/enter-code.ts';
import { issueCode } from '../../application/sign-in/issue-code.ts';
import { proveWork } from '../../application/sign-in/prove-work.ts';
import { recogniseSession } from '../../application/sign-in/recognise-session.ts';
import { resendCode } from '../../application/sign-in/resend-code.ts';
import { startSignIn } from '../../application/sign-in/start-sign-in.ts';
import { keys } from '../keys.ts';

/** Sign-in: proof of work where it is asked for, password, then a code by SMS, then a session. */
export const signIn = new ContainerModule(({ bind }) => {
  bind(keys.issueCode).toResolvedValue(issueCode, [keys.randomness, keys.secrets, keys.host]);
  bind(keys.proofsOfWork).toResolvedValue(
    (secrets, clock) => altchaProofs(secrets.mac('proofs of work'), clock),
    [keys.secrets, keys.clock],
  );
  bind(keys.proveWork).toResolvedValue(proveWork, [keys.proofsOfWork, keys.secrets, keys.limiter]);
  bind(keys.startSignIn).toResolvedValue(startSignIn, [
    keys.signInStore,
    keys.passwords,
    keys.limiter,
    keys.issueCode,
    keys.clock,
  ]);
  bind(keys.resendCode).toResolvedValue(resendCode, [
    keys.signInStore,
    keys.limiter,
    keys.issueCode,
    keys.clock,
  ]);
  bind(keys.enterCode).toResolvedValue(enterCode, [keys.signInStore, keys.secrets, keys.clock]);
  bind(keys.recogniseSession).toResolvedValue(recogniseSession, [keys.sessionStore, keys.clock]);
});
