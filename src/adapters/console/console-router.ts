import { Router } from '@koa/router';
import type { Context } from 'koa';
import type { Watcher } from '../../domain/protection/watcher.ts';
import type { ConsoleNeeds } from './console-needs.ts';
import { rememberedLanguage, rememberLanguage, sessionToken } from './console-cookies.ts';
import { documentOf, type Page, type Visitor } from './pages/layout.ts';
import { localeOf, saying } from './say.ts';

/** A visitor who has signed in. */
export interface SignedIn extends Visitor {
  readonly watcher: Watcher;
}
export type Answer<Who extends Visitor> = (
  visitor: Who,
  ctx: Context,
) => Promise<Page | undefined> | Page | undefined;

/** Routes whose answers are pages; those behind the sign-in lead there whoever has none. */
export interface ConsoleRouter {
  readonly router: Router;
  open(method: 'get' | 'post', path: string, answer: Answer<Visitor>): void;
  closed(method: 'get' | 'post', path: string, answer: Answer<SignedIn>): void;
}

/** Who asks, before anything is known of their session. */
export const visitorOf =
  (timeZone: string) =>
  (ctx: Context): Visitor => {
    const query = new URLSearchParams(ctx.querystring);
    const chosen = query.get('lang') ?? undefined;
    const accepted = ctx.get('Accept-Language');
    const locale = localeOf(chosen, rememberedLanguage(ctx), accepted);
    if (chosen === locale) rememberLanguage(ctx, locale);
    return { say: saying(locale, timeZone), watcher: undefined, path: ctx.path, query };
  };

export function consoleRouter(need: ConsoleNeeds): ConsoleRouter {
  const router = new Router();
  const visitor = visitorOf(need.timeZone);
  const show = (ctx: Context, who: Visitor, page: Page | undefined): void => {
    if (page === undefined) return;
    ctx.type = 'html';
    ctx.body = documentOf(who, page);
  };
  const watcherOf = async (ctx: Context, query: URLSearchParams): Promise<Watcher | undefined> => {
    const token = sessionToken(ctx);
    if (token === undefined) return undefined;
    const asks = query.get('live') === '1' ? 'page' : 'person';
    return (await need.recognise(need.secrets.hashToken(token), asks))?.person;
  };
  return {
    router,
    open: (method, path, answer) => {
      router[method](path, async (ctx) => {
        const who = visitor(ctx);
        show(ctx, who, await answer(who, ctx));
      });
    },
    closed: (method, path, answer) => {
      router[method](path, async (ctx) => {
        const anybody = visitor(ctx);
        const watcher = await watcherOf(ctx, anybody.query);
        if (watcher === undefined) {
          const back = method === 'get' ? `?next=${encodeURIComponent(ctx.path)}` : '';
          ctx.status = 303;
          ctx.redirect(`/sign-in${back}`);
          return;
        }
        const who = { ...anybody, watcher };
        show(ctx, who, await answer(who, ctx));
      });
    },
  };
}

/** A field of a form: text, never longer than a form of ours sends. */
export function field(ctx: Context, name: string): string {
  const body: unknown = ctx.request.body;
  const value: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : '';
}
