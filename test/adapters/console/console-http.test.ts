import assert from 'node:assert/strict';
import type { RefusedBodyId } from '../../../src/application/ports/refused-body-store.ts';
import type { Incident } from '../../../src/domain/protection/incident.ts';
import { day, hour, later, minute, second } from '../../../src/domain/time.ts';
import { type GivenConsole, givenConsole } from '../../support/given-console.ts';

describe('the gateway’s console over HTTP', function () {
  this.timeout(60_000);
  let given: GivenConsole;
  before(async () => {
    given = await givenConsole();
  });
  after(() => given.close());

  let count = 0;
  const noted = (facts: Partial<{ target: string; evidence: string }> = {}): Promise<Incident> =>
    given.incidents.note({
      detector: 'bad-signature',
      severity: 'S1',
      target: `portal-${String((count += 1))}`,
      evidence: 'signature of nobody',
      origin: '192.0.2.0/24',
      at: given.now(),
      ...facts,
    });
  const signedIn = async () => {
    given.pass(31 * second);
    const client = given.client();
    assert.equal((await client.signIn(given.code())).status, 303);
    return client;
  };

  it('shows nothing without a session, and leads to the sign-in', async () => {
    const { id } = await noted();
    for (const path of ['/', '/incidents', `/incidents/${id}`, '/budgets', '/measures']) {
      const answer = await given.client().get(path);

      assert.equal(answer.status, 303, path);
      assert.equal(answer.headers.get('location'), `/sign-in?next=${encodeURIComponent(path)}`);
      assert.doesNotMatch(answer.text, /portal-/);
    }
    const move = await given.client().post(`/incidents/${id}/moves`, { act: 'resolve' });
    assert.equal(move.headers.get('location'), '/sign-in');
    assert.equal((await given.incidents.find(id))?.state, 'open');
  });

  it('signs in by login, password and code together, once by each code', async () => {
    given.pass(31 * second);
    const code = given.code();
    const client = given.client();

    for (const wrong of [{ login: 'olga' }, { password: 'wrong' }, { code: '000000' }]) {
      const answer = await client.signIn(code, wrong);
      assert.equal(answer.status, 422);
      assert.match(answer.text, /Login, password or code is wrong/);
    }
    const right = await client.signIn(code, { next: '/budgets' });
    assert.equal(right.headers.get('location'), '/budgets');
    const [cookie = ''] = right.headers.getSetCookie();
    for (const flag of [/^__Host-/, /samesite=strict/i, /httponly/i, /secure/i]) {
      assert.match(cookie, flag);
    }
    assert.equal((await client.get('/')).status, 200);
    assert.equal((await given.client().signIn(code)).status, 422);
    assert.deepEqual(given.notes.slice(-5), [
      ...['refused', 'refused', 'refused', 'signed-in', 'refused'],
    ]);
  });

  it('leads nowhere else after a sign-in', async () => {
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '']) {
      given.pass(31 * second);
      const answer = await given.client().signIn(given.code(), { next });
      assert.equal(answer.headers.get('location'), '/', next);
    }
  });

  it('ends a session by sign-out, after ten idle minutes and after eight hours', async () => {
    const left = await signedIn();
    const token = new Map(left.jar);
    await left.post('/sign-out');
    for (const [name, value] of token) left.jar.set(name, value);
    assert.equal((await left.get('/')).status, 303);

    const idle = await signedIn();
    given.pass(9 * minute);
    assert.equal((await idle.get('/')).status, 200);
    given.pass(9 * minute);
    assert.equal((await idle.get('/?live=1')).status, 200, 'the page itself may look');
    given.pass(minute);
    assert.equal((await idle.get('/')).status, 303, 'but that keeps no session alive');

    const long = await signedIn();
    for (let passed = 9 * minute; passed < 8 * hour; passed += 9 * minute) {
      given.pass(9 * minute);
      assert.equal((await long.get('/')).status, 200);
    }
    given.pass(9 * minute);
    assert.equal((await long.get('/')).status, 303);
  });

  it('takes no more than ten tries of a login in a quarter of an hour', async () => {
    given.pass(hour);
    const client = given.client();
    const answers = [];
    for (let tries = 0; tries < 11; tries += 1) {
      answers.push((await client.signIn('000000', { login: 'maria' })).status);
    }

    assert.deepEqual(answers, [...Array<number>(10).fill(422), 429]);
    given.pass(hour);
    assert.equal((await client.signIn('000000', { login: 'maria' })).status, 422);
  });

  it('does nothing a foreign page asks for', async () => {
    const client = await signedIn();
    const { id } = await noted();
    const path = `/incidents/${id}/moves`;
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      {},
    ]) {
      assert.equal((await client.post(path, { act: 'acknowledge' }, headers)).status, 403);
    }
    assert.equal((await given.incidents.find(id))?.state, 'open');

    const own = await client.post(path, { act: 'acknowledge' }, { origin: given.url });
    assert.equal(own.status, 303);
  });

  it('shows of refused bodies the digest and the length, and nothing of what they say', async () => {
    const client = await signedIn();
    const { id, key, lastAt } = await noted();
    const kept = { incidentKey: key, messageId: 'a-message', digest: 'c'.repeat(64), length: 123 };
    const ids = ['01890000-0000-7000-8000-0000000000e1', '01890000-0000-7000-8000-0000000000e2'];
    const [of, before] = ids.map((each) => each as RefusedBodyId);
    await given.bodies.add([{ ...kept, id: of!, at: lastAt, sealed: 'locked-beginning' }], 10);
    const longAgo = later(lastAt, -3_600_000);
    await given.bodies.add([{ ...kept, id: before!, at: longAgo, sealed: 'of another time' }], 10);

    const { text } = await client.get(`/incidents/${id}`);

    assert.match(text, new RegExp(`${of!}[^]*123 bytes[^]*${kept.digest}`));
    assert.ok(!text.includes('locked-beginning'));
    assert.ok(!text.includes(before!));
  });

  it('moves an incident as far as it may go, under the watcher’s login', async () => {
    const client = await signedIn();
    const { id } = await noted();
    const path = `/incidents/${id}`;
    const buttons = async () =>
      [...(await client.get(path)).text.matchAll(/name="act" value="([a-z-]+)"/g)].map((m) => m[1]);

    assert.deepEqual(await buttons(), ['acknowledge', 'mitigate', 'resolve']);
    await client.post(`${path}/moves`, { act: 'acknowledge' });
    assert.deepEqual(await buttons(), ['mitigate', 'resolve']);
    await client.post(`${path}/moves`, { act: 'resolve' });
    assert.deepEqual(await buttons(), ['review-true', 'review-false']);
    const late = await client.post(`${path}/moves`, { act: 'mitigate' });
    assert.equal(late.status, 409);
    assert.match(late.text, /Nothing was changed/);
    await client.post(`${path}/moves`, { act: 'review-false' });
    assert.deepEqual(await buttons(), []);
    assert.match((await client.get(path)).text, /A false alarm|a false alarm/);

    const moves = await given.incidents.moves(id);
    assert.deepEqual(
      moves.map(({ to, by }) => [to, by]),
      [
        ['acknowledged', 'igor'],
        ['resolved', 'igor'],
        ['reviewed', 'igor'],
      ],
    );
    assert.equal((await client.post(`${path}/moves`, { act: 'expire' })).status, 422);
  });

  it('acknowledges by the link of a notice, once and without a session', async () => {
    const incident = await noted({ evidence: 'not for everybody' });
    const link = given.linkFor(incident);
    const client = given.client();

    const look = await client.get(link);
    assert.equal(look.status, 200);
    assert.doesNotMatch(look.text, /not for everybody/);
    assert.equal(
      (await given.incidents.find(incident.id))?.state,
      'open',
      'a look changes nothing',
    );
    assert.equal((await client.post(link, {}, {})).status, 403);
    assert.match((await client.post(link)).text, /the incident is yours/);
    const moved = await given.incidents.find(incident.id);
    assert.deepEqual([moved?.state, moved?.movedBy], ['acknowledged', 'anna']);

    assert.match((await client.get(link)).text, /needed no more: .*by anna/);
    assert.equal((await client.post(link)).status, 409);
    assert.equal((await given.incidents.moves(incident.id)).length, 1);
  });

  it('says what is wrong with a link that serves no more', async () => {
    const incident = await noted();
    const link = given.linkFor(incident);
    const altered = link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const client = given.client();
    const says = async (path: string, status: number, sentence: RegExp) => {
      for (const answer of [await client.get(path), await client.post(path)]) {
        assert.equal(answer.status, status);
        assert.match(answer.text, sentence);
      }
    };

    await says(altered, 404, /no link of a message of ours/);
    given.pass(minute);
    await given.incidents.change(incident.id, (held) => ({
      ok: true,
      value: { ...held, openings: held.openings + 1, revision: held.revision + 1 },
    }));
    await says(link, 410, /has come back since/);
    given.pass(day);
    await says(link, 410, /that day has passed/);
    assert.equal((await given.incidents.find(incident.id))?.state, 'open');
  });

  it('pages through all incidents, and knows no page and no incident that is not there', async () => {
    for (let n = 0; n < 30; n += 1) await noted();
    const client = await signedIn();
    const titles = (text: string) => [...text.matchAll(/class="target">(portal-\d+)/g)].length;

    const first = await client.get('/incidents');
    assert.equal(titles(first.text), 25);
    assert.match(first.text, /rel="next" href="\/incidents\?page=2"/);
    assert.match((await client.get('/incidents?page=2')).text, /rel="prev"/);
    for (const path of ['/incidents?page=0', '/incidents?page=x', '/incidents/nothing', '/lost']) {
      assert.equal((await client.get(path)).status, 404, path);
    }
  });

  it('refuses a form larger than any of ours', async () => {
    const answer = await given.client().signIn('000000', { next: 'x'.repeat(5_000) });

    assert.equal(answer.status, 413);
    assert.match(answer.text, /The form is not right/);
  });

  it('speaks the language of the browser until another one is chosen', async () => {
    const client = given.client();

    const russian = await client.get('/sign-in', { 'accept-language': 'ru-RU,ru;q=0.9' });
    assert.match(russian.text, /<html lang="ru">/);
    assert.match((await client.get('/sign-in?lang=ru')).text, /Вход в пульт шлюза/);
    assert.match((await client.get('/sign-in')).text, /Вход в пульт шлюза/);
    assert.match((await client.get('/sign-in?lang=en')).text, /<html lang="en">/);
  });

  it('lets its pages load nothing foreign and nothing inline, and keeps them nowhere', async () => {
    const { headers, text } = await given.client().get('/sign-in');

    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.doesNotMatch(text, /<script(?![^>]* src="\/)|style=|\son[a-z]+=/);
    assert.deepEqual(given.trouble, []);
  });
});
