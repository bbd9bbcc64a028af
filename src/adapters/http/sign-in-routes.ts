import type { EnterCode } from '../../application/sign-in/enter-code.ts';
import type { ResendCode } from '../../application/sign-in/resend-code.ts';
import type { ProveWork } from '../../application/sign-in/prove-work.ts';
import type { StartSignIn } from '../../application/sign-in/start-sign-in.ts';
import type { RecogniseSession } from '../../application/sign-in/recognise-session.ts';
import type { EdgeWatch } from '../../application/ports/edge-watch.ts';
import type { Company } from '../../application/ports/receipt-printer.ts';
import type { Randomness } from '../../application/ports/randomness.ts';
import type { Secrets } from '../../application/ports/secrets.ts';
import type { SessionStore } from '../../application/ports/session-store.ts';
import type { AttemptId } from '../../domain/ids.ts';
import { absoluteUntil, idleUntil } from '../../domain/session.ts';
import { isoText } from '../../domain/time.ts';
import { routes } from './contract/routes.ts';
import type { MeJson } from './contract/sign-in-json.ts';
import { toLogoJson } from './logo-route.ts';
import { Problem } from './problem.ts';
import { refusalProblem } from './refusal-status.ts';
import type { RouteRegistry, SignedIn } from './route-registry.ts';
import {
  attemptToken,
  clearSession,
  sessionToken,
  setAttemptToken,
  setSessionToken,
} from './session-cookie.ts';
import { toAttemptJson } from './to-json.ts';

export interface SignInRoutesNeed {
  readonly proveWork: ProveWork;
  readonly startSignIn: StartSignIn;
  readonly resendCode: ResendCode;
  readonly enterCode: EnterCode;
  readonly recogniseSession: RecogniseSession;
  readonly sessions: SessionStore;
  readonly secrets: Secrets;
  readonly randomness: Randomness;
  readonly company: Company;
  readonly edge: EdgeWatch;
}

/** Sign-in in two steps, and who is signed in. */
export function addSignInRoutes(registry: RouteRegistry, need: SignInRoutesNeed): void {
  const { secrets, randomness, edge } = need;

  registry.add(routes.signIn, async ({ ctx, body }) => {
    if (edge.asksForWork(ctx.ip, body.login)) {
      const { login, proof } = body;
      const proved = await need.proveWork({ login, proof, address: ctx.ip });
      if (!proved.ok) throw refusalProblem(proved.refusal);
    }
    const browserSecret = randomness.token();
    let isRight = false;
    const answer = await need.startSignIn({
      attemptId: randomness.id() as AttemptId,
      login: body.login,
      password: body.password,
      browserHash: secrets.hashToken(browserSecret),
      address: ctx.ip,
      tell: (right) => {
        isRight = right;
      },
    });
    edge.noteTry('login', body.login, ctx.ip, !isRight);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    setAttemptToken(ctx, browserSecret);
    return toAttemptJson(answer.value);
  });

  registry.add(routes.resendCode, async ({ ctx, body }) => {
    const browserHash = secrets.hashToken(attemptToken(ctx) ?? '');
    const answer = await need.resendCode({ attemptId: body.attemptId as AttemptId, browserHash });
    if (!answer.ok) throw refusalProblem(answer.refusal);
    return toAttemptJson(answer.value);
  });

  registry.add(routes.enterCode, async ({ ctx, body }) => {
    const token = randomness.token();
    const tokenHash = secrets.hashToken(token);
    const answer = await need.enterCode({
      attemptId: body.attemptId as AttemptId,
      browserHash: secrets.hashToken(attemptToken(ctx) ?? ''),
      typed: body.code,
      tokenHash,
    });
    edge.noteTry('code', body.attemptId, ctx.ip, !answer.ok);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    const before = sessionToken(ctx);
    if (before !== undefined) await need.sessions.end(secrets.hashToken(before));
    const signedIn = await need.recogniseSession(tokenHash);
    if (signedIn === undefined) throw new Problem(409, 'code-spent');
    setSessionToken(ctx, token);
    return toMe(signedIn, need.company);
  });

  registry.add(routes.signOut, async ({ ctx }) => {
    const token = sessionToken(ctx);
    if (token !== undefined) await need.sessions.end(secrets.hashToken(token));
    clearSession(ctx);
    return undefined;
  });

  registry.add(routes.me, ({ signedIn }) => Promise.resolve(toMe(signedIn, need.company)));
}

const toMe = ({ customer, session }: SignedIn, company: Company): MeJson => ({
  customerId: customer.id,
  contract: customer.contract,
  name: customer.name,
  locale: customer.locale,
  company: {
    name: company.name,
    timeZone: company.timeZone,
    support: company.support,
    ...toLogoJson(company.logo),
  },
  session: {
    signedInAt: isoText(session.signedInAt),
    idleUntil: isoText(idleUntil(session)),
    until: isoText(absoluteUntil(session)),
  },
});
