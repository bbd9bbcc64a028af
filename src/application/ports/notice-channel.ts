import type { Locale } from '../../domain/locale.ts';
import type { Severity } from '../../domain/protection/detector.ts';
import type { IncidentNews } from '../../domain/protection/notice.ts';
import type { Instant } from '../../domain/time.ts';

export interface NoticeLink {
  /** What it does; of several incidents also to which. */
  readonly label: string;
  readonly url: string;
}

/** A message as a channel takes it: in words for people, and as facts for programs. */
export interface NoticeMessage {
  /** The same for every attempt, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly severity: Severity;
  readonly locale: Locale;
  readonly at: Instant;
  /** One line. */
  readonly subject: string;
  /** Several lines; begins with the subject where there is no place for one. */
  readonly text: string;
  /** The same without the links, for a channel that has buttons. */
  readonly unlinkedText: string;
  /** What a person can do about it by following a link that serves once; the gravest first. */
  readonly links: readonly NoticeLink[];
  /** Two lines at most. */
  readonly shortText: string;
  readonly news: readonly IncidentNews[];
}

/** What became of a message given to a channel. `unknown`: it may have been delivered. */
export type NoticeOutcome =
  | { readonly outcome: 'accepted'; readonly reference: string }
  | { readonly outcome: 'refused'; readonly why: string }
  | { readonly outcome: 'not-attempted'; readonly retryAfterMs?: number; readonly why: string }
  | { readonly outcome: 'unknown'; readonly why: string };

/**
 * A way to reach people or programs. Promises, proved by test/contracts/notice-channel.test.ts: it never throws, it
 * answers within five seconds, and it keeps addresses and secrets out of what it answers.
 */
export interface NoticeChannel {
  send(address: string, message: NoticeMessage): Promise<NoticeOutcome>;
}
