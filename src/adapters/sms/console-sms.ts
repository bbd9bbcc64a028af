import type { SmsSender } from '../../application/ports/sms-sender.ts';

/** For development without an operator: writes every text to the terminal. Never in production, codes are secrets. */
export function consoleSms(
  write: (text: string) => void = (text) => process.stdout.write(text),
): SmsSender {
  return {
    send: async (to, text, reference) => {
      write(`\nSMS to ${to}\n${text.replaceAll(/^/gm, '  ')}\n`);
      return { outcome: 'accepted', reference };
    },
  };
}
