import type { MeJson, SignInAttemptJson } from '../../http/contract/sign-in-json.ts';
import { call } from './call.ts';
import { paths } from './paths.ts';
import { Problem } from './problem.ts';

/** A challenge that grew old on a slow device, or whose network changed, is answered anew, this many times. */
const mostProofs = 3;

/**
 * Starts a sign-in. Where the portal asks for work first, it is done here: `onWork` is told, for it can take seconds.
 */
export async function signIn(
  login: string,
  password: string,
  onWork: () => void,
): Promise<SignInAttemptJson> {
  const body: { login: string; password: string; proof?: string } = { login, password };
  for (let proofs = 0; ; proofs += 1) {
    try {
      return await call('POST', paths.signIn, { body });
    } catch (error) {
      const challenge = error instanceof Problem ? error.body.challenge : undefined;
      if (challenge === undefined || proofs === mostProofs) throw error;
      onWork();
      const { solveChallenge } = await import('./solve-challenge.ts');
      const proof = await solveChallenge(challenge);
      if (proof === undefined) throw error;
      body.proof = proof;
    }
  }
}

export const resendCode = (attemptId: string): Promise<SignInAttemptJson> =>
  call('POST', paths.resendCode, { body: { attemptId } });

export const enterCode = (attemptId: string, code: string): Promise<MeJson> =>
  call('POST', paths.enterCode, { body: { attemptId, code } });

export const signOut = (): Promise<void> => call('POST', paths.signOut);
