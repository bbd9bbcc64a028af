import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyParser } from '@koa/bodyparser';
import Koa from 'koa';
import { breaksCsv } from '../../../src/adapters/books/breaks-csv.ts';
import { problems } from '../../../src/adapters/http/problem.ts';
import type { EdgeWatch } from '../../../src/application/ports/edge-watch.ts';
import { edgeGate } from '../../../src/adapters/http/edge-gate.ts';
import { RouteRegistry } from '../../../src/adapters/http/route-registry.ts';
import { routes } from '../../../src/adapters/http/contract/routes.ts';
import { addStaffActRoutes } from '../../../src/adapters/http/staff-act-routes.ts';
import { addStaffDeskRoutes } from '../../../src/adapters/http/staff-desk-routes.ts';
import { addStaffSignInRoutes } from '../../../src/adapters/http/staff-sign-in-routes.ts';
import { actAsStaff } from '../../../src/application/staff/act-as-staff.ts';
import { listDeskMethods } from '../../../src/application/staff/list-desk-methods.ts';
import { recogniseStaff, signOutStaff } from '../../../src/application/staff/recognise-staff.ts';
import {
  decideRefundAsStaff,
  requestRefundAsStaff,
} from '../../../src/application/staff/refund-as-staff.ts';
import {
  capturePaymentAsStaff,
  releasePaymentAsStaff,
  resolveReviewAsStaff,
} from '../../../src/application/staff/settle-as-staff.ts';
import { showPaymentToStaff } from '../../../src/application/staff/show-payment-to-staff.ts';
import { openSession } from '../../../src/domain/session.ts';
import { openDeskSession } from '../../../src/domain/desk-session.ts';
import type { StaffRole } from '../../../src/domain/staff.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';
import { freshId, fixedRandomness, secrets } from '../../support/given.ts';
import { card, givenPaying, refundRules, transfer } from '../../support/given-paying.ts';
import { givenStaff } from '../../support/given-staff.ts';

const company = {
  ...{ name: 'Kabinet', legalName: 'Kabinet', taxNumber: '1', address: '', support: '' },
  timeZone: 'Europe/Moscow',
};
const tokenOf = (letter: string): string => letter.repeat(43);

describe('the routes of the staff', () => {
  let world: Awaited<ReturnType<typeof givenPaying>>;
  let server: Server;
  let url = '';

  beforeEach(async () => {
    world = await givenPaying();
    server = createServer(appOf(world).callback()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const givenSignedIn = async (letter: string, roles: readonly StaffRole[]) => {
    const { stores, clock } = world;
    const staff = givenStaff(`login-${letter}`, roles, { name: `Name ${letter}` });
    await stores.staff.add({ person: staff, passwordHash: '', sealedSecret: '' });
    const hash = secrets.hashToken(tokenOf(letter));
    await stores.staff.openSession(openDeskSession(hash, staff.id, clock.now()), 1);
    return staff;
  };
  const ask = async (
    path: string,
    letter: string,
    body?: object,
    cookie = '-staff',
    key: string = freshId(),
  ) => {
    const method = body === undefined ? 'GET' : 'POST';
    const headers = {
      cookie: `__Host-kabinet${cookie}=${tokenOf(letter)}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(url + path, { method, headers, ...sent });
  };
  const givenPaid = async () => {
    const id = await world.wish();
    await world.send(id);
    await world.take(world.proof(id));
    return id;
  };
  const staffPaths = Object.values(routes).filter(({ access }) => access === 'staff');
  const fill = (path: string) => path.replace('{id}', freshId());

  it('open for a staff session only: a customer’s cookie opens none, under either name', async () => {
    for (const { method, path } of staffPaths) {
      const body = method === 'POST' ? {} : undefined;
      assert.equal((await ask(fill(path), 'c', body, '')).status, 401, path);
      assert.equal((await ask(fill(path), 'c', body)).status, 401, path);
    }
  });

  it('give no customer’s pages to the staff', async () => {
    await givenSignedIn('v', ['cashier', 'approver']);

    assert.equal((await ask('/api/me', 'v')).status, 401);
    assert.equal((await ask('/api/me', 'v', undefined, '')).status, 401);
    assert.equal((await ask('/api/me', 'c', undefined, '')).status, 200);
  });

  it('answer each act by the roles of who asks, and journal every try', async () => {
    await givenSignedIn('r', ['viewer']);
    const vera = await givenSignedIn('v', ['cashier', 'approver']);
    const boris = await givenSignedIn('b', ['approver']);
    const id = await givenPaid();
    const amount = { minor: '40000', currency: 'RUB' };
    const wish = { amount, reason: 'paid twice' };

    assert.equal((await ask(`/api/staff/payments/${id}/refunds`, 'r', wish)).status, 403);
    const asked = await ask(`/api/staff/payments/${id}/refunds`, 'v', wish);
    assert.equal(asked.status, 201);
    const refund = (await asked.json()) as { id: string; requestedBy: object };
    assert.deepEqual(refund.requestedBy, { id: vera.id, name: vera.name });
    const decision = `/api/staff/refunds/${refund.id}/decision`;
    assert.equal((await ask(decision, 'v', { agrees: true })).status, 409);
    assert.equal((await ask(decision, 'b', { agrees: true })).status, 200);
    assert.equal((await ask(`/api/staff/payments/${id}/capture`, 'v', { amount })).status, 409);
    assert.equal((await ask(`/api/staff/payments/${id}/release`, 'b', {})).status, 403);
    assert.equal(
      (await ask(`/api/staff/payments/${id}/review`, 'b', { as: 'failed' })).status,
      409,
    );

    const shown = (await (await ask(`/api/staff/payments/${id}`, 'r')).json()) as {
      journal: { action: string }[];
      refunds: { approvedBy: object }[];
    };
    assert.equal(shown.journal.length, 7);
    assert.deepEqual(shown.refunds[0]?.approvedBy, { id: boris.id, name: boris.name });
  });

  it('record one refund however often one wish is sent, and none without a key', async () => {
    await givenSignedIn('v', ['cashier']);
    const id = await givenPaid();
    const path = `/api/staff/payments/${id}/refunds`;
    const wish = { amount: { minor: '10000', currency: 'RUB' }, reason: 'paid twice' };
    const key = freshId();

    const answers = [];
    for (const body of [wish, wish, { ...wish, reason: 'another wish' }]) {
      answers.push(await ask(path, 'v', body, '-staff', key));
    }

    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 422],
    );
    assert.equal((await world.stores.refunds.of(id)).length, 1);
    assert.equal((await ask(path, 'v', wish, '-staff', 'short')).status, 400);
  });

  it('are what their contract says', async () => {
    await givenSignedIn('v', ['cashier']);
    const id = await givenPaid();
    for (const [path, contract] of [
      ['/api/staff/me', routes.staffMe],
      ['/api/staff/payments?state=succeeded', routes.staffPayments],
      [`/api/staff/payments/${id}`, routes.staffPayment],
      ['/api/staff/refunds', routes.staffRefunds],
      ['/api/staff/notifications', routes.oddNotifications],
      ['/api/staff/reconciliations', routes.reconciliations],
      ['/api/staff/methods', routes.staffMethods],
    ] as const) {
      const parsed = contract.success.body.safeParse(await (await ask(path, 'v')).json());
      assert.ok(parsed.success, `${path}: ${String(parsed.error)}`);
    }
    assert.equal((await ask(`/api/staff/payments/${freshId()}`, 'v')).status, 404);
    assert.equal((await ask('/api/staff/payments?state=nonsense', 'v')).status, 422);
  });

  it('write breaks for a spreadsheet that runs no formula in them', async () => {
    await givenSignedIn('v', ['viewer']);
    const breaks = {
      ...({ code: 'MISSING_HERE', paymentId: undefined, state: 'open' } as const),
      ...{ ref: '=HYPERLINK("x";1)', ours: '', theirs: '@SUM(1)' },
    };
    const run = {
      ...{ id: freshId<string>(), provider: 'alpha', day: '2026-03-10' as CalendarDay },
      ...({
        source: 'list',
        hash: undefined,
        ranAt: world.clock.now(),
        lines: 1,
        matched: 0,
      } as const),
      breaks: [breaks],
    };
    await world.stores.runs.save(run);

    const answer = await ask(`/api/staff/reconciliations/${run.id}.csv`, 'v');

    assert.match(answer.headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/);
    assert.match(answer.headers.get('content-disposition') ?? '', /breaks-alpha-2026-03-10\.csv/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const [, row] = bytes.toString().split('\r\n');
    assert.equal(row, `MISSING_HERE;open;;"'=HYPERLINK(""x"";1)";;'@SUM(1)`);
    const json = await ask(`/api/staff/reconciliations/${run.id}`, 'v');
    assert.ok(routes.reconciliation.success.body.safeParse(await json.json()).success);
  });

  it('end a session at once, and give its cookie to this site only', async () => {
    await givenSignedIn('v', ['viewer']);

    const answer = await ask('/api/staff/sign-out', 'v', {});

    assert.equal(answer.status, 204);
    const [cookie = ''] = answer.headers.getSetCookie();
    assert.match(cookie, /^__Host-kabinet-staff=;.*path=\/;.*samesite=strict; secure; httponly/i);
    assert.equal((await ask('/api/staff/me', 'v')).status, 401);
  });
});

const blindEdge: EdgeWatch = {
  note: () => undefined,
  noteDocument: () => undefined,
  noteTry: () => undefined,
  admit: () => ({ allowed: true }),
  delayMs: () => 0,
  asksForWork: () => false,
  mustSignInAgain: () => false,
};

/** The staff's routes, and one of a customer's who is signed in by the token of `c`. */
function appOf(world: Awaited<ReturnType<typeof givenPaying>>): Koa {
  const { stores, clock, anna, provider } = world;
  const act = actAsStaff(stores.staff, clock);
  const recognise = recogniseStaff(stores.staff, clock);
  const customersHash = secrets.hashToken(tokenOf('c'));
  const registry = new RouteRegistry(
    async (hash) => {
      const session = openSession(customersHash, anna.id, clock.now());
      return hash === customersHash ? { session, customer: anna } : undefined;
    },
    recognise,
    (token) => secrets.hashToken(token),
    edgeGate(blindEdge),
  );
  const need = {
    signInStaff: () => Promise.reject(new Error('nobody signs in here')),
    recogniseStaff: recognise,
    signOutStaff: signOutStaff(stores.staff, clock),
    ...{ secrets, randomness: fixedRandomness(), company, edge: blindEdge },
    requestRefundAsStaff: requestRefundAsStaff(act, world.refund),
    decideRefundAsStaff: decideRefundAsStaff(act, stores.refunds, world.decideRefund),
    resolveReviewAsStaff: resolveReviewAsStaff(act, world.review),
    capturePaymentAsStaff: capturePaymentAsStaff(act, world.capture),
    releasePaymentAsStaff: releasePaymentAsStaff(act, world.release),
    showPaymentToStaff: showPaymentToStaff(
      stores.desk,
      stores.refunds,
      stores.staff,
      [provider],
      refundRules,
    ),
    listDeskMethods: listDeskMethods([card, transfer], [provider], () => true),
    ...{ staffStore: stores.staff, desk: stores.desk, refundStore: stores.refunds },
    ...{ runs: stores.runs, breaksCsv },
  };
  addStaffSignInRoutes(registry, need);
  addStaffActRoutes(registry, need);
  addStaffDeskRoutes(registry, need);
  registry.add(routes.me, async ({ signedIn }) => ({ name: signedIn.customer.name }));
  const app = new Koa();
  app.use(async (ctx, next) => {
    ctx.cookies.secure = true;
    await next();
  });
  app.use(
    problems(
      () => freshId(),
      (error) => console.error(error),
    ),
  );
  app.use(bodyParser());
  app.use(registry.router.routes());
  return app;
}
