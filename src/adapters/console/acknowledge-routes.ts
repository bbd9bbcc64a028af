import type { Context } from 'koa';
import type { ConsoleNeeds } from './console-needs.ts';
import type { ConsoleRouter } from './console-router.ts';
import { acknowledgedPage, acknowledgePage } from './pages/acknowledge-page.ts';

/**
 * The link of a notice: looking at it changes nothing, for programs look at the links in mail too; the button
 * acknowledges, once.
 */
export function addAcknowledgeRoutes({ open }: ConsoleRouter, need: ConsoleNeeds): void {
  open('get', '/acknowledge/:token', async ({ say }, ctx) => {
    const token = tokenOf(ctx);
    const link = await need.lookAtLink(token);
    ctx.status = statuses[link.state];
    return acknowledgePage(say, link, token);
  });
  open('post', '/acknowledge/:token', async ({ say }, ctx) => {
    const token = tokenOf(ctx);
    const link = await need.lookAtLink(token);
    const answer = link.state === 'useful' ? await need.acknowledge({ token }) : undefined;
    if (answer?.ok === true) return acknowledgedPage(say, answer.value);

    // Something came between the look and the button.
    const now = answer === undefined ? link : await need.lookAtLink(token);
    ctx.status = now.state === 'used' ? 409 : statuses[now.state];
    return acknowledgePage(say, now, token);
  });
}

const statuses = { useful: 200, used: 200, 'ran-out': 410, superseded: 410, 'not-ours': 404 };

const tokenOf = (ctx: Context): string =>
  String((ctx.params as Readonly<Record<string, unknown>>)['token']).slice(0, 400);
