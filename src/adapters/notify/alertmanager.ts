import type { Incident } from '../../domain/protection/incident.ts';
import type { Instant } from '../../domain/time.ts';
import { Outage } from '../../application/ports/outage.ts';
import { alertsOf } from './alertmanager-wire.ts';
import { post } from './http-post.ts';
import { usualTimeoutMs } from './in-time.ts';

export interface AlertmanagerSettings {
  /** Without a slash at the end. */
  readonly url: string;
  /** A bearer token, where one is asked for. */
  readonly token?: string;
}

/**
 * Tells an Alertmanager which incidents there are. It forgets an alert that is not sent again within five minutes, so
 * this is to be called every two, and whenever something changed. Throws Outage when it does not take them.
 */
export const alertmanager =
  ({ url, token }: AlertmanagerSettings, timeoutMs = usualTimeoutMs) =>
  async (incidents: readonly Incident[], now: Instant): Promise<void> => {
    if (incidents.length === 0) return;
    const headers: Record<string, string> =
      token === undefined ? {} : { authorization: `Bearer ${token}` };
    const body = JSON.stringify(alertsOf(incidents, now));
    const outcome = await post({ url: `${url}/api/v2/alerts`, headers, body }, timeoutMs, '');
    if (outcome.outcome !== 'accepted') throw new Outage(`Alertmanager ${outcome.why}`);
  };
export type ReportAlerts = ReturnType<typeof alertmanager>;
