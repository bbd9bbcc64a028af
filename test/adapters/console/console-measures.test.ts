import assert from 'node:assert/strict';
import type { Suspect } from '../../../src/domain/protection/detectors/watched.ts';
import { hour, later, minute, second } from '../../../src/domain/time.ts';
import { wideGrant } from '../../support/any-grant.ts';
import { type GivenConsole, givenConsole } from '../../support/given-console.ts';

describe('measures and the curb at the console', function () {
  this.timeout(60_000);
  let given: GivenConsole;
  before(async () => {
    given = await givenConsole();
  });
  after(() => given.close());

  const network: Suspect = { kind: 'subnet', id: '203.0.113.0/24' };
  const path = '/measures/subnet/203.0.113.0%2F24';
  const held = () => {
    given.measures.take(network, 'tarpit', given.now());
  };
  const isHeld = (): boolean => given.measures.of(network, given.now()) !== undefined;
  const signedIn = async () => {
    given.pass(31 * second);
    const client = given.client();
    assert.equal((await client.signIn(given.code())).status, 303);
    return client;
  };

  it('asks why, ends it, and has it written down who did it', async () => {
    held();
    const client = await signedIn();
    const list = await client.get('/measures');
    assert.match(list.text, /href="\/measures\/subnet\/203\.0\.113\.0%2F24"/);

    const form = await client.get(path);
    assert.equal(form.status, 200);
    assert.match(form.text, /203\.0\.113\.0\/24[^]*answers wait[^]*name="reason"/);
    assert.doesNotMatch(form.text, /data-live/, 'a page that renews itself would eat the reason');
    const answer = await client.post(path, { reason: '  our own <office>  ' });

    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/measures']);
    assert.match((await client.get('/measures')).text, /Nobody is held back/);
    assert.equal(isHeld(), false);
    assert.equal(
      given.audited.at(-1),
      'lift igor subnet 203.0.113.0/24: tarpit lifted: our own <office>',
    );
  });

  it('wants a reason of 1 to 200 characters, in both languages', async () => {
    held();
    const client = await signedIn();
    const audited = given.audited.length;
    const wrong = [
      ['', 'Say why', 'Напишите причину'],
      [' \t ', 'Say why', 'Напишите причину'],
      ['x'.repeat(201), 'longer than 200', 'длиннее 200'],
    ] as const;
    for (const [reason, english, russian] of wrong) {
      for (const [language, sentence] of [
        ['en', english],
        ['ru', russian],
      ] as const) {
        const answer = await client.post(`${path}?lang=${language}`, { reason });
        assert.equal(answer.status, 422);
        assert.match(answer.text, new RegExp(sentence));
      }
    }
    await client.get('/measures?lang=en');
    assert.equal((await client.post(path)).status, 422);
    assert.equal(isHeld(), true);
    assert.equal(given.audited.length, audited);

    assert.equal((await client.post(path, { reason: 'x'.repeat(200) })).status, 303);
    assert.equal(isHeld(), false);
  });

  it('is for watchers only, and for forms of our own pages', async () => {
    held();
    const stranger = await given.client().post(path, { reason: 'please' });
    assert.equal(stranger.headers.get('location'), '/sign-in');
    assert.equal((await given.client().get(path)).status, 303);
    const client = await signedIn();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ]) {
      assert.equal((await client.post(path, { reason: 'please' }, headers)).status, 403);
    }

    assert.equal(isHeld(), true);
  });

  it('says when it is over already, and knows nobody who is not held back', async () => {
    held();
    const client = await signedIn();
    given.pass(hour);
    const signedInAgain = await signedIn();
    const late = await signedInAgain.post(path, { reason: 'too late' });

    assert.equal(late.status, 409);
    assert.match(late.text, /over already. Nothing was changed/);
    assert.equal((await client.get(path)).status, 303, 'the first session has ended');
    for (const nobody of [
      path,
      '/measures/subnet/x',
      '/measures/planet/mars',
      '/measures/toString/x',
    ]) {
      assert.equal((await signedInAgain.get(nobody)).status, 404, nobody);
    }
    const strange = await signedInAgain.post('/measures/planet/mars', { reason: 'x' });
    assert.equal(strange.status, 404);
    assert.deepEqual(given.trouble, []);
  });

  it('says since when and why it holds back by itself, beside what is granted', async () => {
    const client = await signedIn();
    const rate = { perSecond: 60, burst: 30 };
    const facts = { rate, concurrency: 20, expiresAt: later(given.now(), hour) };
    given.budgets.grant(wideGrant({ ...facts, operation: 'ledger.read-account' }));
    const page = async (language: string) =>
      (await client.get(`/budgets?lang=${language}`)).text.replace(/\s+/g, ' ');
    assert.doesNotMatch(await page('en'), /since/);

    const evidence = '900 in 10 s, usual 80; <b>failures</b>';
    given.curb.note({ surge: 'flash-crowd', place: 'messages', evidence }, given.now());
    assert.match(await page('en'), /What can wait is turned away since .*because of: a crowd/);
    assert.match(await page('ru'), /Фоновые запросы не пропускаются с .*наплыв/);
    given.curb.note({ surge: 'flood', place: 'messages', evidence }, given.now());
    const text = await page('en');
    assert.match(text, /Throttled since <time .*because of: what looks like a DDoS attack/);
    assert.match(text, /&lt;b&gt;failures&lt;\/b&gt;.*of the grant passes, %: 50/);
    assert.match(text, /class="state throttle">throttled/);
    assert.match(
      text,
      /<dt>Granted per second<\/dt> <dd>60<.*<dt>Let through per second<\/dt> <dd>30</,
    );
    assert.match(await page('ru'), /Урезано с .*похоже на DDoS-атаку/);

    given.pass(minute);
    assert.doesNotMatch(await page('en'), /since/);
  });
});
