import type { Context, Middleware } from 'koa';
import { Outage, TooBusy } from '../../application/ports/outage.ts';
import { html } from './html.ts';
import { documentOf, type Visitor } from './pages/layout.ts';
import type { ConsoleNeeds } from './console-needs.ts';
import { words } from './words.ts';

/** A no that is shown as a page of its own. */
export class ConsoleProblem extends Error {
  override readonly name: string = 'ConsoleProblem';
  readonly status: number;
  readonly word: 'notFound' | 'foreign' | 'wrongForm';
  constructor(status: number, word: 'notFound' | 'foreign' | 'wrongForm') {
    super(word);
    this.status = status;
    this.word = word;
  }
}

/** Shows whatever is thrown as a page; only trouble of ours is reported, under a number the page shows. */
export const problems =
  (need: ConsoleNeeds, visitorOf: (ctx: Context) => Visitor): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new ConsoleProblem(404, 'notFound');
    } catch (error) {
      show(need, visitorOf, ctx, error);
    }
  };

function show(
  need: ConsoleNeeds,
  visitorOf: (ctx: Context) => Visitor,
  ctx: Context,
  error: unknown,
): void {
  const visitor = visitorOf(ctx);
  const { say } = visitor;
  const answer = (status: number, title: string, more?: string): void => {
    const body = html`<h1>${title}</h1>
      ${more === undefined ? undefined : html`<p class="muted">${more}</p>`}`;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = documentOf(visitor, { title, body });
  };
  if (error instanceof ConsoleProblem) {
    answer(error.status, say.text(words[error.word]));
    return;
  }
  if (error instanceof TooBusy) {
    ctx.set('Retry-After', String(Math.ceil(error.retryAfterMs / 1_000)));
    answer(503, say.text(words.busy));
    return;
  }
  const refusedForm = statusOf(error);
  if (refusedForm !== undefined) {
    answer(refusedForm, say.text(words.wrongForm));
    return;
  }
  const id = need.randomness.id();
  need.report(error, id);
  const status = error instanceof Outage ? 503 : 500;
  answer(status, say.text(words.trouble), `${say.text(words.troubleId)}${id}`);
}

/** The body parser throws what the client did wrong as an error with a status. */
const statusOf = (error: unknown): number | undefined =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500
    ? error.status
    : undefined;
