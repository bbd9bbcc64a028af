import { dayOf } from '../history/day-groups.ts';
import { intlLocale, type Locale } from './locale.ts';

/** How moments and days are written; all in the company's time zone. */
export interface Moments {
  /** `14:03`, with the day before it unless it is today. */
  readonly short: (instant: string) => string;
  /** `14 ноября 2026 г., 14:03:12 МСК`. */
  readonly full: (instant: string) => string;
  readonly time: (instant: string) => string;
  /** `14 ноября`, with the year unless it is this one. Takes `2026-11-14`. */
  readonly day: (day: string) => string;
  /** `14.11.2026`. Takes `2026-11-14`. */
  readonly numericDay: (day: string) => string;
  readonly today: () => string;
}

/** Writers for one language and zone. Making them is slow, so keep what this returns. */
export function momentsIn(locale: Locale, timeZone: string, now: () => number): Moments {
  const tag = intlLocale[locale];
  const time = format(tag, { timeZone, hour: '2-digit', minute: '2-digit' });
  const full = format(tag, {
    timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
  const dayMonth = format(tag, { timeZone: 'UTC', day: 'numeric', month: 'long' });
  const dayMonthYear = format(tag, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const numeric = format(tag, {
    timeZone: 'UTC',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  });
  const today = (): string => dayOf(new Date(now()).toISOString(), timeZone);
  const day = (wanted: string): string =>
    (wanted.slice(0, 4) === today().slice(0, 4) ? dayMonth : dayMonthYear)(`${wanted}T00:00:00Z`);

  return {
    time,
    full,
    today,
    day,
    numericDay: (wanted) => numeric(`${wanted}T00:00:00Z`),
    short: (instant) => {
      const itsDay = dayOf(instant, timeZone);
      return itsDay === today() ? time(instant) : `${day(itsDay)}, ${time(instant)}`;
    },
  };
}

function format(tag: string, options: Intl.DateTimeFormatOptions): (instant: string) => string {
  const made = new Intl.DateTimeFormat(tag, options);
  return (instant) => made.format(new Date(instant));
}
