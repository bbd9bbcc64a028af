import type { SignInAttemptJson } from '../../http/contract/sign-in-json.ts';

const storageKey = 'kabinet.sign-in';

/** Keeps the attempt for this tab, so that the code page survives a reload. No secret is in it. */
export function saveAttempt(attempt: SignInAttemptJson): void {
  sessionStorage.setItem(storageKey, JSON.stringify(attempt));
}

export function savedAttempt(): SignInAttemptJson | undefined {
  const text = sessionStorage.getItem(storageKey);
  if (text === null) return undefined;
  try {
    const saved = JSON.parse(text) as Partial<SignInAttemptJson>;
    const isWhole = [saved.attemptId, saved.expiresAt, saved.resendAt].every(
      (field) => typeof field === 'string',
    );
    return isWhole ? (saved as SignInAttemptJson) : undefined;
  } catch {
    return undefined;
  }
}

export function forgetAttempt(): void {
  sessionStorage.removeItem(storageKey);
}
