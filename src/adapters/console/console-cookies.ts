import type { Context } from 'koa';
import { deskSessionPolicy } from '../../domain/desk-session.ts';

/** `__Host-`: the browser takes it only with Secure, Path=/ and no Domain, so no other host can set it. */
const sessionName = '__Host-kabinet-console';
const languageName = '__Host-kabinet-console-language';

const options = {
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
  signed: false,
  path: '/',
  overwrite: true,
} as const;

/** A token is 43 characters of base64url; anything else was not made by us. */
export function sessionToken(ctx: Context): string | undefined {
  const token = ctx.cookies.get(sessionName, { signed: false });
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}
export function setSessionToken(ctx: Context, token: string): void {
  ctx.cookies.set(sessionName, token, { ...options, maxAge: deskSessionPolicy.absoluteMs });
}
export function clearSessionToken(ctx: Context): void {
  ctx.cookies.set(sessionName, null, options);
}

export const rememberedLanguage = (ctx: Context): string | undefined =>
  ctx.cookies.get(languageName, { signed: false });
export function rememberLanguage(ctx: Context, language: string): void {
  // Lax: the link of a notice is followed from elsewhere, and is read in the chosen language.
  ctx.cookies.set(languageName, language, { ...options, sameSite: 'lax', maxAge: 31_536_000_000 });
}
