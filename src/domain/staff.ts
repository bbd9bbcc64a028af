import type { StaffId } from './ids.ts';

export const staffRoles = ['viewer', 'cashier', 'approver'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Somebody of the company who looks after payments. Nobody is deleted: the journal names them for ever. */
export interface Staff {
  readonly id: StaffId;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  /** Whether they may still sign in. */
  readonly isActive: boolean;
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

const loginForm = /^[a-z][a-z0-9.-]{1,31}$/;
/** Logins are told apart by lower-case letters, so that nobody passes for another. */
export const staffLogin = (typed: string): string => typed.trim().toLowerCase();
export const isStaffLogin = (text: string): boolean => loginForm.test(text);

export const isStaffRole = (text: string): text is StaffRole =>
  (staffRoles as readonly string[]).includes(text);
