import type { Context } from 'koa';
import { sessionPolicy } from '../../domain/session.ts';
import { deskSessionPolicy } from '../../domain/desk-session.ts';

/** `__Host-`: the browser takes it only with Secure, Path=/ and no Domain, so no other host can set it. */
const sessionName = '__Host-kabinet';
const attemptName = '__Host-kabinet-attempt';
/** Its own, so that no customer session is ever taken for one of the staff. */
const staffName = '__Host-kabinet-staff';

const options = {
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
  signed: false,
  path: '/',
  overwrite: true,
} as const;

export const sessionToken = (ctx: Context): string | undefined => tokenIn(ctx, sessionName);
export const attemptToken = (ctx: Context): string | undefined => tokenIn(ctx, attemptName);
export const staffToken = (ctx: Context): string | undefined => tokenIn(ctx, staffName);

export function setSessionToken(ctx: Context, token: string): void {
  ctx.cookies.set(sessionName, token, { ...options, maxAge: sessionPolicy.absoluteMs });
  ctx.cookies.set(attemptName, null, options);
}
export function setAttemptToken(ctx: Context, token: string): void {
  ctx.cookies.set(attemptName, token, options);
}
export function clearSession(ctx: Context): void {
  ctx.cookies.set(sessionName, null, options);
  ctx.set('Clear-Site-Data', '"cache", "storage"');
}

export function setStaffToken(ctx: Context, token: string): void {
  ctx.cookies.set(staffName, token, { ...options, maxAge: deskSessionPolicy.absoluteMs });
}
export function clearStaff(ctx: Context): void {
  ctx.cookies.set(staffName, null, options);
  ctx.set('Clear-Site-Data', '"cache"');
}

/** A token is 43 characters of base64url; anything else was not made by us. */
function tokenIn(ctx: Context, name: string): string | undefined {
  const token = ctx.cookies.get(name, { signed: false });
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}
