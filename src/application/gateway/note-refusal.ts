import type { Whence } from '../../domain/protection/detectors/watched.ts';
import type { Clock } from '../ports/clock.ts';
import type { Envelope } from '../ports/envelope.ts';
import { accountIn, type AdmitRefusal } from './admit-message.ts';
import type { CanaryList } from './canary-list.ts';
import type { TrafficWatch } from './watch-traffic.ts';

/** Who a message came from, as far as it says so. */
export const whenceOf = ({ subject, assertion }: Envelope): Whence => ({
  customer: subject,
  session: assertion?.sessionId,
  subnet: assertion?.subnet,
});

/** Shows the watch at once what was refused because it is somebody else's: the next message may be too late. */
export const noteRefusal =
  (
    watch: Pick<TrafficWatch, 'noteNow'>,
    canaries: Pick<CanaryList, 'has'>,
    clock: Pick<Clock, 'now'>,
  ) =>
  (envelope: Envelope, { reason }: AdmitRefusal): void => {
    const object = accountIn(envelope.data);
    if (reason !== 'foreign-object' || object === undefined) return;
    const kind = canaries.has(object) ? 'canary' : 'foreign-object';
    watch.noteNow({ kind, at: clock.now(), from: whenceOf(envelope), object });
  };
export type NoteRefusal = ReturnType<typeof noteRefusal>;
