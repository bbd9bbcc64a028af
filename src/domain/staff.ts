import type { DeskPerson } from './desk-session.ts';
import type { StaffId } from './ids.ts';

export const staffRoles = ['viewer', 'cashier', 'approver'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Somebody of the company who looks after payments. */
export interface Staff extends DeskPerson<StaffId> {
  readonly roles: readonly StaffRole[];
}

/** What somebody may do at the desk. */
export const staffActions = [
  'look',
  'request-refund',
  'decide-refund',
  'resolve-review',
  'capture-payment',
  'release-payment',
] as const;
export type StaffAction = (typeof staffActions)[number];

/** A review takes two people above the limit: a cashier or an approver proposes, another of them agrees. */
const allowed: Readonly<Record<StaffRole, readonly StaffAction[]>> = {
  viewer: ['look'],
  cashier: ['look', 'request-refund', 'resolve-review', 'capture-payment', 'release-payment'],
  approver: ['look', 'decide-refund', 'resolve-review'],
};

/** Whether the roles of somebody allow an action; whoever is not active may do nothing. */
export const may = ({ roles, isActive }: Staff, action: StaffAction): boolean =>
  isActive && roles.some((role) => allowed[role].includes(action));

export const isStaffRole = (text: string): text is StaffRole =>
  (staffRoles as readonly string[]).includes(text);
