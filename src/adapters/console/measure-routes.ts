import type { Context } from 'koa';
import type { LiftRefusal } from '../../application/gateway/lift-measure.ts';
import type { Suspect, SuspectKind } from '../../domain/protection/detectors/watched.ts';
import type { ConsoleNeeds } from './console-needs.ts';
import { type ConsoleRouter, field, type SignedIn } from './console-router.ts';
import type { Page } from './pages/layout.ts';
import { liftPage } from './pages/lift-page.ts';
import { measuresPage } from './pages/measures-page.ts';
import { ConsoleProblem } from './problems.ts';
import { suspectWords, words } from './words.ts';

const measuresLimit = 200;

export function addMeasureRoutes({ closed }: ConsoleRouter, need: ConsoleNeeds): void {
  closed('get', '/measures', ({ say }) => measuresPage(say, listed(need)));
  closed('get', '/measures/:kind/:id', ({ say }, ctx) => {
    const measure = need.measures.of(suspectIn(ctx), need.clock.now());
    if (measure === undefined) throw new ConsoleProblem(404, 'notFound');
    return liftPage(say, measure);
  });
  closed('post', '/measures/:kind/:id', (visitor, ctx) => lift(need, visitor, ctx));
}

const listed = ({ measures, clock }: ConsoleNeeds) => measures.list(clock.now(), measuresLimit);

function lift(need: ConsoleNeeds, { say, watcher }: SignedIn, ctx: Context): Page | undefined {
  const who = suspectIn(ctx);
  const reason = field(ctx, 'reason');
  const answer = need.lift({ who, reason, by: watcher.login });
  if (answer.ok) {
    ctx.status = 303;
    ctx.redirect('/measures');
    return undefined;
  }
  const measure = need.measures.of(who, need.clock.now());
  if (measure === undefined) {
    ctx.status = 409;
    return measuresPage(say, listed(need), say.text(words.liftLate));
  }
  ctx.status = 422;
  return liftPage(say, measure, reason, say.text(mistakes[answer.refusal.reason]));
}

const mistakes = {
  'no-reason': words.noReason,
  'reason-too-long': words.longReason,
  'not-in-force': words.liftLate,
} as const satisfies Readonly<Record<LiftRefusal['reason'], unknown>>;

function suspectIn(ctx: Context): Suspect {
  const { kind, id } = ctx.params as Readonly<Record<string, string>>;
  if (kind === undefined || id === undefined || !Object.hasOwn(suspectWords, kind)) {
    throw new ConsoleProblem(404, 'notFound');
  }
  return { kind: kind as SuspectKind, id };
}
