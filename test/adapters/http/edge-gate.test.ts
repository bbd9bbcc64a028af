import assert from 'node:assert/strict';
import Router from '@koa/router';
import Koa from 'koa';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { edgeGate, edgeNotes } from '../../../src/adapters/http/edge-gate.ts';
import { problems } from '../../../src/adapters/http/problem.ts';
import type { EdgeRequest, EdgeWatch } from '../../../src/application/ports/edge-watch.ts';
import type { LimitAnswer } from '../../../src/application/ports/limiter.ts';
import type { CustomerId } from '../../../src/domain/ids.ts';

describe('The edge’s gate', () => {
  let server: Server;
  let seen: EdgeRequest[];
  let answer: LimitAnswer;
  let delayMs: number;
  let url: string;
  beforeEach(async () => {
    seen = [];
    answer = { allowed: true };
    delayMs = 0;
    const edge: EdgeWatch = {
      note: (request) => void seen.push(request),
      noteTry: () => undefined,
      admit: () => answer,
      delayMs: () => delayMs,
      asksForWork: () => false,
    };
    const gate = edgeGate(edge, 2);
    const router = new Router();
    router.get('/own/:id', (ctx) => {
      gate.admit(ctx, { customer: 'anna' as CustomerId, session: 's' });
      ctx.body = 'own';
    });
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
