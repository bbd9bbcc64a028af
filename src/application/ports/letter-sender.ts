import type { Instant } from '../../domain/time.ts';
import type { NoticeOutcome } from './notice-channel.ts';

/** A letter to a customer. */
export interface CustomerLetter {
  /** The same for every attempt, so that a mailbox can tell a repetition. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: Instant;
  readonly attachment: { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
}

/** Takes letters to the mail server. It never throws, and keeps addresses and secrets out of what it answers. */
export interface LetterSender {
  send(letter: CustomerLetter): Promise<NoticeOutcome>;
}
