import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { meQuery } from '../api/queries.ts';
import { serverNow } from '../api/server-clock.ts';
import { momentsIn, type Moments } from './moment-text.ts';
import { useLocale } from './text.ts';

/** The company's time zone; the device's until it is known. */
export function useTimeZone(): string {
  const companyZone = useQuery({ ...meQuery, enabled: false }).data?.company.timeZone;
  return companyZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Writes dates and times in the company's zone, or in the one given. */
export function useMoments(zone?: string): Moments {
  const locale = useLocale();
  const companyZone = useTimeZone();
  const timeZone = zone ?? companyZone;
  return useMemo(() => momentsIn(locale, timeZone, serverNow), [locale, timeZone]);
}
