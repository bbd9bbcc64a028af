import { later, minute, type Instant } from '../time.ts';
import type { Incident } from './incident.ts';

/** Who is told first, who when that one is silent, and who at last. */
export const roles = ['first', 'second', 'group'] as const;
export type Role = (typeof roles)[number];
/** How far up an incident went: 0 the first person, 1 the second, 2 the group. */
export type Step = 0 | 1 | 2;

/** After how long without an acknowledgement the gravest incidents reach each step. */
export const escalationMs: Readonly<Record<Step, number>> = { 0: 0, 1: 5 * minute, 2: 15 * minute };

/** How far up the incident has to be by now: only the gravest climbs, and only while nobody has it. */
export function stepAt({ severity, state, openedAt }: Incident, now: Instant): Step {
  if (severity !== 'S1' || state !== 'open') return 0;
  if (now >= later(openedAt, escalationMs[2])) return 2;
  return now >= later(openedAt, escalationMs[1]) ? 1 : 0;
}

/** Who is told of an incident that is this far up. */
export const rolesUpTo = (step: Step): readonly Role[] => roles.slice(0, step + 1);
