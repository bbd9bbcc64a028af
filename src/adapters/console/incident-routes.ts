import type { Context } from 'koa';
import { isId } from '../../domain/ids.ts';
import type { Act, Incident, IncidentId } from '../../domain/protection/incident.ts';
import { later, second } from '../../domain/time.ts';
import type { ConsoleNeeds } from './console-needs.ts';
import { type ConsoleRouter, field, type SignedIn } from './console-router.ts';
import { allPage, livePage } from './pages/incident-list.ts';
import { incidentPage, type Known } from './pages/incident-page.ts';
import type { Page } from './pages/layout.ts';
import { ConsoleProblem } from './problems.ts';
import { words } from './words.ts';

const liveLimit = 200;
const bodiesShown = 20;
const pageSize = 25;
const pagesLimit = 400;

export function addIncidentRoutes({ closed }: ConsoleRouter, need: ConsoleNeeds): void {
  const { incidents } = need;
  closed('get', '/', async ({ say }) => livePage(say, await incidents.live(liveLimit)));
  closed('get', '/incidents', async ({ say, query }) => {
    const page = pageNumber(query.get('page') ?? '1');
    const found = await incidents.list(pageSize + 1, (page - 1) * pageSize);
    const hasOlder = found.length > pageSize && page < pagesLimit;
    return allPage(say, found.slice(0, pageSize), page, hasOlder);
  });
  closed('get', '/incidents/:id', async ({ say }, ctx) => {
    const incident = await theIncident(need, ctx);
    return incidentPage(say, incident, await knownOf(need, incident));
  });
  closed('post', '/incidents/:id/moves', (visitor, ctx) => move(need, visitor, ctx));
}

async function move(
  need: ConsoleNeeds,
  { say, watcher }: SignedIn,
  ctx: Context,
): Promise<Page | undefined> {
  const incident = await theIncident(need, ctx);
  const act = acts[field(ctx, 'act')];
  if (act === undefined) throw new ConsoleProblem(422, 'wrongForm');
  const { id: incidentId } = incident;
  const answer = await need.act({ incidentId, act, staffId: watcher.login });
  if (answer.ok) {
    ctx.status = 303;
    ctx.redirect(`/incidents/${incidentId}`);
    return undefined;
  }
  const now = (await need.incidents.find(incidentId)) ?? incident;
  ctx.status = 409;
  return incidentPage(say, now, await knownOf(need, now), say.text(words.moveLate));
}

/** The last sighting is written down a moment before or after its body is kept. */
const marginMs = 5 * second;

async function knownOf({ incidents, bodies }: ConsoleNeeds, incident: Incident): Promise<Known> {
  const { id, key, firstAt, lastAt } = incident;
  const [from, to] = [later(firstAt, -marginMs), later(lastAt, marginMs)];
  return {
    moves: await incidents.moves(id),
    bodies: await bodies.list(bodiesShown, { incidentKey: key, from, to }),
  };
}

const acts: Readonly<Record<string, Act>> = {
  acknowledge: { act: 'acknowledge' },
  mitigate: { act: 'mitigate' },
  resolve: { act: 'resolve' },
  'review-true': { act: 'review', verdict: 'true-positive' },
  'review-false': { act: 'review', verdict: 'false-positive' },
};

async function theIncident({ incidents }: ConsoleNeeds, ctx: Context): Promise<Incident> {
  const id = String((ctx.params as Readonly<Record<string, unknown>>)['id']);
  const incident = isId(id) ? await incidents.find(id as IncidentId) : undefined;
  if (incident === undefined) throw new ConsoleProblem(404, 'notFound');
  return incident;
}

function pageNumber(text: string): number {
  const number = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > pagesLimit) throw new ConsoleProblem(404, 'notFound');
  return number;
}
