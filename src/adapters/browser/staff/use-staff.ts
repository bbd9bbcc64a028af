import { useQuery } from '@tanstack/react-query';
import type { StaffActionJson } from '../../http/contract/staff-json.ts';
import { staffMeQuery } from '../api/staff-calls.ts';
import type { Moments } from '../i18n/moment-text.ts';
import { useMoments } from '../i18n/use-moments.ts';

/** Who is at the desk; the shell has asked already. */
export const useStaffMe = () => useQuery({ ...staffMeQuery, enabled: false }).data;

/** Whether the one at the desk may do this. The server decides again. */
export function useMay(): (action: StaffActionJson) => boolean {
  const me = useStaffMe();
  return (action) => me?.may.includes(action) === true;
}

/** Dates and times in the company's zone. */
export const useStaffMoments = (): Moments => useMoments(useStaffMe()?.company.timeZone);
