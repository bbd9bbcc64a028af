import { useEffect, useRef } from 'react';

/** Asks the phone for the code of the coming SMS, where the browser can do that (WebOTP). */
export function useSmsCode(onCode: (code: string) => void): void {
  const latest = useRef(onCode);
  useEffect(() => {
    latest.current = onCode;
  });
  useEffect(() => {
    if (!('OTPCredential' in window)) return undefined;
    const stop = new AbortController();
    void smsCode(stop.signal).then((code) => {
      if (code !== undefined && !stop.signal.aborted) latest.current(code);
    });
    return () => {
      stop.abort();
    };
  }, []);
}

async function smsCode(signal: AbortSignal): Promise<string | undefined> {
  const request = { otp: { transport: ['sms'] }, signal };
  try {
    const credential = await navigator.credentials.get(request);
    return credential !== null && 'code' in credential ? String(credential.code) : undefined;
  } catch {
    // Declined, timed out or left the page: the field is still there to type into.
    return undefined;
  }
}
