import assert from 'node:assert/strict';
import Router from '@koa/router';
import Koa from 'koa';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EdgeGate, edgeGate, edgeNotes } from '../../../src/adapters/http/edge-gate.ts';
import { Problem, problems } from '../../../src/adapters/http/problem.ts';
import type { RouteContract } from '../../../src/adapters/http/contract/route-contract.ts';
import { RouteRegistry } from '../../../src/adapters/http/route-registry.ts';
import type { EdgeRequest, EdgeWatch } from '../../../src/application/ports/edge-watch.ts';
import type { LimitAnswer } from '../../../src/application/ports/limiter.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import type { CustomerId, StaffId } from '../../../src/domain/ids.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import { openDeskSession } from '../../../src/domain/desk-session.ts';
import { openSession } from '../../../src/domain/session.ts';
import type { Staff } from '../../../src/domain/staff.ts';
import { instant } from '../../../src/domain/time.ts';

const token = 't'.repeat(43);
let locale: Locale = 'ru';

/** Routes of a customer and of one of the staff, who are always signed in. */
const addDocuments = (router: Router, gate: EdgeGate): void => {
  const at = instant(0);
  const anna = { id: 'anna' as CustomerId, locale } as Customer;
  const vera = { id: 'vera' as StaffId } as Staff;
  const registry = new RouteRegistry(
    async () => ({ session: openSession('s', anna.id, at), customer: { ...anna, locale } }),
    async () => ({ session: openDeskSession('s', vera.id, at), person: vera }),
    (text) => text,
    gate,
  );
  const file = (path: string, access: 'customer' | 'staff', type?: string): RouteContract => {
    const success = { status: 200, ...(type === undefined ? {} : { type }) };
    return { method: 'GET', path, access, summary: '', success };
  };
  registry.add(file('/receipt', 'customer', 'application/pdf'), async () => Buffer.from('%PDF'));
  registry.add(file('/missing', 'customer', 'application/pdf'), async () => {
    throw new Problem(404, 'not-found');
  });
  registry.add(file('/page', 'customer'), async () => ({}));
  registry.add(file('/live', 'customer', 'text/event-stream'), async () => 'data');
  registry.add(file('/table', 'staff', 'text/csv'), async () => 'a;b');
  router.use(registry.router.routes());
};

describe('The edge’s gate', () => {
  let server: Server;
  let seen: EdgeRequest[];
  let answer: LimitAnswer;
  let documentAnswer: LimitAnswer;
  let documents: string[];
  let delayMs: number;
  let mustSignInAgain: boolean;
  let url: string;
  beforeEach(async () => {
    seen = [];
    answer = { allowed: true };
    documentAnswer = { allowed: true };
    documents = [];
    delayMs = 0;
    mustSignInAgain = false;
    const edge: EdgeWatch = {
      note: (request) => void seen.push(request),
      noteTry: () => undefined,
      noteDocument: (by, id) => void documents.push(`${by} ${id}`),
      admit: (_, wants) => (wants === 'document' ? documentAnswer : answer),
      delayMs: () => delayMs,
      asksForWork: () => false,
      mustSignInAgain: () => mustSignInAgain,
    };
    const gate = edgeGate(edge, 2);
    const router = new Router();
    router.get('/own/:id', (ctx) => {
      gate.admit(ctx, { customer: 'anna' as CustomerId, session: 's' });
      ctx.body = 'own';
    });
    addDocuments(router, gate);
    router.get('/public', async (ctx) => {
      await gate.slow(ctx);
      ctx.body = 'public';
    });
    const app = new Koa();
    app.use(edgeNotes(edge));
    app.use(
      problems(
        () => 'id',
        () => undefined,
      ),
    );
    app.use(router.routes());
    const serve = app.callback();
    server = createServer((request, response) => void serve(request, response));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('notes every request by its pattern: who asked, what came of it, and nothing that was said', async () => {
    await fetch(`${url}/own/42?secret=1`, { headers: { 'User-Agent': 'robot' } });
    await fetch(`${url}/nothing`);

    const [own, nothing] = seen;
    assert.equal(own?.step, 'GET /own/:id');
    assert.equal(own.isSignedIn, true);
    assert.equal(own.address, '127.0.0.1');
    assert.match(own.fingerprint, /^robot\n/);
    assert.ok(!JSON.stringify(own).includes('42') && !JSON.stringify(own).includes('secret'));
    assert.equal(nothing?.step, 'GET page');
    assert.equal(nothing.status, 404);
    assert.equal(nothing.isSignedIn, false);
  });

  it('tells browsers apart from programs that send the same in another order', async () => {
    await fetch(`${url}/public`, { headers: { 'X-One': '1', 'X-Two': '2' } });
    await fetch(`${url}/public`, { headers: { 'X-Two': '2', 'X-One': '1' } });

    assert.notEqual(seen[0]?.fingerprint, seen[1]?.fingerprint);
  });

  it('refuses as any limit does', async () => {
    answer = { allowed: false, retryAfterMs: 4_200 };

    const response = await fetch(`${url}/own/1`);

    assert.equal(response.status, 429);
    assert.equal(response.headers.get('Retry-After'), '5');
    assert.match(await response.text(), /too-many-tries/);
    assert.equal(seen[0]?.status, 429);
  });

  it('notes documents that were given out, by customer and operator, and no page and no refusal', async () => {
    for (const path of ['receipt', 'missing', 'page', 'live']) {
      await fetch(`${url}/${path}`, { headers: { Cookie: `__Host-kabinet=${token}` } });
    }
    await fetch(`${url}/table`, { headers: { Cookie: `__Host-kabinet-staff=${token}` } });
    await fetch(`${url}/receipt`);

    assert.deepEqual(documents, ['customer anna', 'operator vera']);
  });

  it('says in the customer’s language that there were too many documents, and lets pages pass', async () => {
    documentAnswer = { allowed: false, retryAfterMs: 60_500 };
    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${url}/${path}`, { headers: { Cookie: `__Host-kabinet=${token}`, ...headers } });
    const sentences = {
      ru: 'Слишком много документов за короткое время. Повторите через 2 мин.',
      en: 'Too many documents in a short time. Try again in 2 min.',
    };
    for (const language of ['ru', 'en'] as const) {
      locale = language;
      const called = await ask('receipt');
      assert.equal(called.status, 429);
      assert.equal(called.headers.get('Retry-After'), '61');
      const problem = (await called.json()) as Record<string, unknown>;
      assert.equal(problem['type'], 'urn:kabinet:problem:too-many-documents');
      assert.equal(problem['detail'], sentences[language]);
      // A link to a file leads past our pages: the answer itself is read.
      const followed = await ask('receipt', { Accept: 'text/html,*/*;q=0.8' });
      assert.deepEqual([followed.status, await followed.text()], [429, sentences[language]]);
      assert.match(followed.headers.get('Content-Type') ?? '', /^text\/plain/);
    }
    assert.equal((await ask('page')).status, 200);
    assert.deepEqual(documents, []);
    assert.equal(seen[0]?.isSignedIn, true);
  });

  it('takes who has to prove themselves again for nobody', async () => {
    mustSignInAgain = true;
    const headers = { cookie: `__Host-kabinet=${token}` };

    const response = await fetch(`${url}/page`, { headers });
    assert.equal(response.status, 401);
    assert.match(await response.text(), /not-signed-in/);

    mustSignInAgain = false;
    assert.equal((await fetch(`${url}/page`, { headers })).status, 200);
  });

  it('keeps a bounded number waiting, and the rest comes again later', async () => {
    delayMs = 500;
    const before = Date.now();
    const statuses = await Promise.all(
      [1, 2, 3, 4, 5].map(async () => (await fetch(`${url}/public`)).status),
    );

    assert.deepEqual(statuses.toSorted(), [200, 200, 429, 429, 429]);
    assert.ok(Date.now() - before >= 490);
    assert.equal((await fetch(`${url}/public`)).status, 200);
  });
});
