import type { Context } from 'koa';
import { minute } from '../../domain/time.ts';
import { clearSessionToken, sessionToken, setSessionToken } from './console-cookies.ts';
import type { ConsoleNeeds } from './console-needs.ts';
import { type ConsoleRouter, field } from './console-router.ts';
import type { Page, Visitor } from './pages/layout.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { words } from './words.ts';

export function addSignInRoutes({ open }: ConsoleRouter, need: ConsoleNeeds): void {
  open('get', '/sign-in', ({ say, query }) => signInPage(say, ownPath(query.get('next') ?? '')));
  open('post', '/sign-in', (visitor, ctx) => signIn(need, visitor, ctx));
  open('post', '/sign-out', async (_, ctx) => {
    const token = sessionToken(ctx);
    if (token !== undefined) {
      await need.watchers.endSession(need.secrets.hashToken(token));
      need.note('signed-out');
    }
    clearSessionToken(ctx);
    ctx.status = 303;
    ctx.redirect('/sign-in');
    return undefined;
  });
}

async function signIn(
  need: ConsoleNeeds,
  { say }: Visitor,
  ctx: Context,
): Promise<Page | undefined> {
  const next = ownPath(field(ctx, 'next'));
  const login = field(ctx, 'login');
  const token = need.randomness.token();
  const answer = await need.signIn({
    login,
    password: field(ctx, 'password'),
    code: field(ctx, 'code'),
    tokenHash: need.secrets.hashToken(token),
    address: ctx.ip,
  });
  if (answer.ok) {
    need.note('signed-in');
    setSessionToken(ctx, token);
    ctx.status = 303;
    ctx.redirect(next);
    return undefined;
  }
  if (answer.refusal.reason === 'sign-in-wrong') {
    need.note('refused');
    ctx.status = 422;
    return signInPage(say, next, login, say.text(words.signInWrong));
  }
  const { retryAfterMs } = answer.refusal;
  need.note('too-many-tries');
  ctx.status = 429;
  ctx.set('Retry-After', String(Math.ceil(retryAfterMs / 1_000)));
  const mistake = `${say.text(words.tooMany)}${String(Math.ceil(retryAfterMs / minute))}`;
  return signInPage(say, next, login, mistake);
}

/** Where a sign-in may lead: to a page of ours. */
const ownPath = (path: string): string => (/^\/(?:[a-z0-9-]+\/?)*$/.test(path) ? path : '/');
