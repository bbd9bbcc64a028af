import type { MeJson, SignInAttemptJson } from '../../http/contract/sign-in-json.ts';
import { call } from './call.ts';
import { paths } from './paths.ts';

export const signIn = (login: string, password: string): Promise<SignInAttemptJson> =>
  call('POST', paths.signIn, { body: { login, password } });

export const resendCode = (attemptId: string): Promise<SignInAttemptJson> =>
  call('POST', paths.resendCode, { body: { attemptId } });

export const enterCode = (attemptId: string, code: string): Promise<MeJson> =>
  call('POST', paths.enterCode, { body: { attemptId, code } });

export const signOut = (): Promise<void> => call('POST', paths.signOut);
