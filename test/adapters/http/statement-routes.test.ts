import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyParser } from '@koa/bodyparser';
import Koa from 'koa';
import { edgeGate } from '../../../src/adapters/http/edge-gate.ts';
import { problems } from '../../../src/adapters/http/problem.ts';
import { RouteRegistry } from '../../../src/adapters/http/route-registry.ts';
import { addStatementRoutes } from '../../../src/adapters/http/statement-routes.ts';
import { exportOperations } from '../../../src/application/accounts/export-operations.ts';
import { orderStatementMail } from '../../../src/application/accounts/order-statement-mail.ts';
import { makeStatement } from '../../../src/application/accounts/make-statement.ts';
import { showStatement } from '../../../src/application/accounts/show-statement.ts';
import type { AccountStore } from '../../../src/application/ports/account-store.ts';
import type { StatementOrders } from '../../../src/application/ports/statement-orders.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import type { EdgeWatch } from '../../../src/application/ports/edge-watch.ts';
import type {
  OperationsView,
  SpreadsheetForm,
  StatementView,
} from '../../../src/application/ports/statement-files.ts';
import { money } from '../../../src/domain/money.ts';
import { openSession } from '../../../src/domain/session.ts';
import { later } from '../../../src/domain/time.ts';
import { statementCompany } from '../../support/given-statements.ts';
import {
  fixedRandomness,
  freshId,
  openLimiter,
  givenAccount,
  givenChange,
  givenCustomer,
  givenOperation,
  noon,
  secrets,
  stoppedClock,
} from '../../support/given.ts';
import { memoryStores } from '../../support/portal-stores.ts';

const token = 'c'.repeat(43);

describe('the routes of statements', () => {
  let server: Server;
  let url = '';
  let drawn: (readonly [string, string, StatementView | OperationsView])[];
  let documents: string[];
  let accounts: AccountStore;
  let statementOrders: StatementOrders;
  let customer: Customer;
  const anna = givenCustomer();
  const account = givenAccount(anna, { number: '№ 40817/001', balance: money(-300n, 'RUB') });
  const first = givenOperation(account, {
    postedAt: later(noon, -86_400_000),
    amount: money(-100n, 'RUB'),
  });
  const second = givenOperation(account, { kind: 'penalty', amount: money(-200n, 'RUB') });

  beforeEach(async () => {
    drawn = [];
    documents = [];
    customer = anna;
    ({ accounts, statementOrders } = memoryStores());
    await accounts.take(givenChange(account, first, second), noon);
    const clock = stoppedClock();
    const hash = secrets.hashToken(token);
    const edge = {
      admit: () => ({ allowed: true }),
      mustSignInAgain: () => false,
      delayMs: () => 0,
      noteDocument: (by: string, id: string) => documents.push(`${by} ${id}`),
    } as unknown as EdgeWatch;
    const registry = new RouteRegistry(
      async (asked) =>
        asked === hash ? { session: openSession(hash, anna.id, clock.now()), customer } : undefined,
      async () => undefined,
      (told) => secrets.hashToken(told),
      edgeGate(edge),
    );
    const make = makeStatement(accounts, clock, 'Europe/Moscow');
    const note =
      (what: string) =>
      async (view: StatementView | OperationsView, form: SpreadsheetForm, locale: string) => {
        drawn.push([`${what} ${form}`, locale, view]);
        return Buffer.from(form);
      };
    addStatementRoutes(registry, {
      showStatement: showStatement(make, statementCompany, clock),
      exportOperations: exportOperations(accounts, statementCompany, clock),
      statementPrinter: {
        printStatement: async (view, locale) => {
          drawn.push(['statement pdf', locale, view]);
          return Buffer.from('pdf');
        },
      },
      spreadsheets: { statement: note('statement'), operations: note('operations') },
      orderStatementMail: orderStatementMail(showStatement(make, statementCompany, clock), {
        orders: statementOrders,
        limiter: openLimiter(),
        randomness: fixedRandomness(),
        clock,
      }),
      sendsMail: true,
      timeZone: 'Europe/Moscow',
    });
    const app = new Koa();
    app.use(async (ctx, next) => {
      ctx.cookies.secure = true;
      await next();
    });
    app.use(
      problems(
        () => freshId(),
        () => undefined,
      ),
    );
    app.use(bodyParser({ enableTypes: ['json'] }));
    app.use(registry.router.routes());
    server = createServer(app.callback()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const ask = async (path: string, cookie = token, accountId: string = account.id) => {
    const headers = { cookie: `__Host-kabinet=${cookie}` };
    const answer = await fetch(`${url}/api/accounts/${accountId}/${path}`, { headers });
    return { answer, body: await answer.text() };
  };
  const day = 'from=2026-03-11&to=2026-03-11';

  for (const [form, type] of [
    ['pdf', 'application/pdf'],
    ['csv', 'text/csv; charset=utf-8'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ] as const) {
    it(`give the statement as a file to keep (${form}), and count it`, async () => {
      const { answer, body } = await ask(`statement.${form}?${day}`);

      assert.equal(answer.status, 200);
      assert.equal(body, form);
      assert.equal(answer.headers.get('content-type'), type);
      const name = `statement_-40817-001_2026-03-11_2026-03-11.${form}`;
      const disposition = `attachment; filename="${name}"`;
      assert.equal(answer.headers.get('content-disposition'), disposition);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.deepEqual(documents, [`customer ${anna.id}`]);
      const [[what, locale, view] = []] = drawn;
      assert.deepEqual([what, locale], [`statement ${form}`, 'ru']);
      assert.ok(view !== undefined && 'statement' in view);
      assert.deepEqual(view.statement.operations, [second]);
    });
  }

  it('narrow the list of operations as the page does, in the language asked for', async () => {
    const { answer } = await ask('operations.csv?to=2026-03-10&locale=en');
    await ask('operations.xlsx?kind=penalty');

    assert.equal(answer.headers.get('content-disposition')?.includes('operations_'), true);
    const found = drawn.map(([what, locale, view]) => [
      what,
      locale,
      'operations' in view ? view.operations : undefined,
    ]);
    assert.deepEqual(found, [
      ['operations csv', 'en', [first]],
      ['operations xlsx', 'ru', [second]],
    ]);
  });

  it('say what is wrong with a period, and count no file then', async () => {
    const types = async (query: string) => {
      const { answer, body } = await ask(`statement.pdf?${query}`);
      return `${String(answer.status)} ${String(JSON.parse(body).type).split(':').at(-1) ?? ''}`;
    };

    assert.equal(await types('from=2026-03-11&to=2026-03-10'), '422 period-backwards');
    assert.equal(await types('from=2026-03-11&to=2026-03-12'), '422 period-in-future');
    assert.equal(await types('from=2024-03-11&to=2026-03-11'), '422 period-too-long');
    assert.equal(await types('from=2026-02-30&to=2026-03-11'), '422 invalid-request');
    assert.equal(await types('to=2026-03-11'), '422 invalid-request');
    assert.equal(await types(`${day}&more=1`), '422 invalid-request');
    assert.deepEqual(documents, []);
  });

  const order = async (body: object) => {
    const headers = { cookie: `__Host-kabinet=${token}`, 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/api/accounts/${account.id}/statement-mail`, sent);
    return [answer.status, (await answer.json()) as Record<string, unknown>] as const;
  };
  const where = async () => {
    const headers = { cookie: `__Host-kabinet=${token}` };
    return (await fetch(`${url}/api/statement-mail`, { headers })).json();
  };
  const asked = { from: '2026-03-11', to: '2026-03-11', locale: 'en' };

  it('have a statement sent to the customer’s own address, and count it as a document', async () => {
    customer = { ...anna, email: 'anna@example.org' };

    assert.deepEqual(await where(), { isOffered: true, sentTo: 'a•••@example.org' });
    assert.deepEqual(await order(asked), [202, { sentTo: 'a•••@example.org' }]);
    assert.deepEqual(documents, [`customer ${anna.id}`]);
    const taken = await statementOrders.take(1, noon);
    assert.equal(taken?.locale, 'en');
    // Nobody says where it goes.
    const [status] = await order({ ...asked, to: '2026-03-11', email: 'thief@example.org' });
    assert.equal(status, 422);
  });

  it('say where no address is known', async () => {
    assert.deepEqual(await where(), { isOffered: true });
    const [status, body] = await order(asked);
    assert.equal(`${String(status)} ${String(body['type'])}`, '409 urn:kabinet:problem:no-email');
    assert.equal(await statementOrders.take(1, noon), undefined);
    assert.deepEqual(documents, []);
  });

  it('are for the owner who is signed in', async () => {
    const paths = [
      `statement.pdf?${day}`,
      `statement.csv?${day}`,
      'operations.csv',
      'operations.xlsx',
    ];
    for (const path of paths) {
      assert.equal((await ask(path, 'x'.repeat(43))).answer.status, 401, path);
      assert.equal((await ask(path, token, freshId())).answer.status, 404, path);
      assert.equal((await ask(path, token, 'no-id')).answer.status, 404, path);
    }
    assert.deepEqual(drawn, []);
  });
});
