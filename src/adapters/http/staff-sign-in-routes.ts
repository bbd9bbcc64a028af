import type { EdgeWatch } from '../../application/ports/edge-watch.ts';
import type { Company } from '../../application/ports/receipt-printer.ts';
import type { Randomness } from '../../application/ports/randomness.ts';
import type { Secrets } from '../../application/ports/secrets.ts';
import type { SignedInStaff } from '../../application/ports/staff-store.ts';
import type { RecogniseStaff, SignOutStaff } from '../../application/staff/recognise-staff.ts';
import type { SignInStaff } from '../../application/staff/sign-in-staff.ts';
import { deskAbsoluteUntil, deskIdleUntil } from '../../domain/desk-session.ts';
import { may, staffActions } from '../../domain/staff.ts';
import { isoText } from '../../domain/time.ts';
import { routes } from './contract/routes.ts';
import type { StaffMeJson } from './contract/staff-json.ts';
import { toLogoJson } from './logo-route.ts';
import { refusalProblem } from './refusal-status.ts';
import type { RouteRegistry } from './route-registry.ts';
import { clearStaff, setStaffToken, staffToken } from './session-cookie.ts';

export interface StaffSignInRoutesNeed {
  readonly signInStaff: SignInStaff;
  readonly recogniseStaff: RecogniseStaff;
  readonly signOutStaff: SignOutStaff;
  readonly secrets: Secrets;
  readonly randomness: Randomness;
  readonly company: Company;
  readonly edge: EdgeWatch;
}

/** How the company's own people come and go. */
export function addStaffSignInRoutes(registry: RouteRegistry, need: StaffSignInRoutesNeed): void {
  const { secrets, randomness } = need;

  registry.add(routes.staffSignIn, async ({ ctx, body }) => {
    const token = randomness.token();
    const tokenHash = secrets.hashToken(token);
    const answer = await need.signInStaff({ ...body, tokenHash, address: ctx.ip });
    need.edge.noteTry('login', `staff ${body.login}`, ctx.ip, !answer.ok);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    const before = staffToken(ctx);
    if (before !== undefined) await need.signOutStaff(secrets.hashToken(before));
    setStaffToken(ctx, token);
    return toStaffMe(answer.value, need.company);
  });

  registry.add(routes.staffSignOut, async ({ ctx }) => {
    const token = staffToken(ctx);
    if (token !== undefined) await need.signOutStaff(secrets.hashToken(token));
    clearStaff(ctx);
    return undefined;
  });

  registry.add(routes.staffMe, ({ staff }) => Promise.resolve(toStaffMe(staff, need.company)));
}

const toStaffMe = ({ person: staff, session }: SignedInStaff, company: Company): StaffMeJson => ({
  staffId: staff.id,
  login: staff.login,
  name: staff.name,
  may: staffActions.filter((action) => may(staff, action)),
  company: { name: company.name, timeZone: company.timeZone, ...toLogoJson(company.logo) },
  session: {
    idleUntil: isoText(deskIdleUntil(session)),
    until: isoText(deskAbsoluteUntil(session)),
  },
});
