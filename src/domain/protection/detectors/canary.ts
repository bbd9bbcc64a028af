import { nothing, suspectsOf, type Detector } from './watched.ts';

/** An id that exists only to be stolen was used: whoever has it has read what they should not. */
export const canaryDetector = (): Detector => ({
  see: (event) =>
    event.kind === 'canary'
      ? [
          {
            detector: 'canary',
            target: event.from.customer,
            evidence: `canary ${event.object} of session ${event.from.session ?? 'unknown'}`,
            suspects: suspectsOf(event.from),
          },
        ]
      : nothing,
});
