import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  TrytonRefusal,
  trytonTalk,
} from '../../../../src/adapters/accounting/tryton/tryton-talk.ts';
import { Outage, TooBusy } from '../../../../src/application/ports/outage.ts';

/** A double of the server: it says what it is told to, so that troubles come which a real one shows seldom. */
const double = async (answers: (method: string, authorization: string) => [number, unknown]) => {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { method } = JSON.parse(body) as { method: string };
      asked.push(method);
      const [status, answer] = answers(method, request.headers.authorization ?? '');
      response.writeHead(status).end(JSON.stringify(answer));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const place = { url, database: 'books', user: 'anna', password: 'secret' };
  return { asked, talk: trytonTalk(place), close: () => server.close() };
};

describe('Talking to a double of Tryton', () => {
  let closing: () => void = () => undefined;
  afterEach(() => {
    closing();
  });
  const talking = async (answer: (call: number) => [number, unknown]) => {
    let calls = 0;
    const world = await double((method) => {
      if (method === 'common.db.login') return [200, { result: [1, 'abc'] }];
      if (method === 'model.res.user.get_preferences') return [200, { result: { company: 1 } }];
      return answer((calls += 1));
    });
    closing = world.close;
    return world;
  };

  it('signs in again, once, when the session has ended, and asks again', async () => {
    const { talk, asked } = await talking((call) => [call === 1 ? 401 : 200, { result: 7 }]);

    assert.equal(await talk('model.x.read'), 7);

    assert.equal(asked.filter((method) => method === 'common.db.login').length, 2);
    assert.equal(asked.filter((method) => method === 'model.x.read').length, 2);
  });

  it('gives up as an outage when no session lasts', async () => {
    const { talk, asked } = await talking(() => [401, {}]);

    await assert.rejects(talk('model.x.read'), Outage);

    assert.equal(asked.filter((method) => method === 'model.x.read').length, 3);
  });

  it('takes a refusal for a refusal, asked once and with the words of the rule', async () => {
    const error = ['UserError', ['The period is closed', '', null]];
    const { talk, asked } = await talking(() => [200, { error }]);

    await assert.rejects(talk('model.x.post'), (thrown) => {
      assert.ok(thrown instanceof TrytonRefusal);
      assert.equal(thrown.message, 'The period is closed');
      return true;
    });
    assert.equal(asked.filter((method) => method === 'model.x.post').length, 1);
  });

  it('takes a warning that wants a person for a refusal', async () => {
    const { talk } = await talking(() => [200, { error: ['UserWarning', ['w', 'Sure?', '']] }]);

    await assert.rejects(talk('model.x.post'), TrytonRefusal);
  });

  it('asks again when two writers met', async () => {
    const { talk } = await talking((call) => [
      200,
      call === 1 ? { error: ['ConcurrencyException', 'x'] } : { result: 'done' },
    ]);

    assert.equal(await talk('model.x.write'), 'done');
  });

  for (const [name, answer, kind] of [
    ['a server that is too busy', [429, {}], TooBusy],
    ['a server in trouble', [500, {}], Outage],
    ['an exception of its own', [200, { error: ['KeyError: 5', 'Traceback…'] }], Outage],
    ['no JSON', [200, undefined], Outage],
  ] as const) {
    it(`takes ${name} for something that passes`, async () => {
      const { talk } = await talking(() => [...answer]);

      await assert.rejects(talk('model.x.read'), kind);
    });
  }

  it('takes silence for an outage', async () => {
    const { talk } = await talking(() => [200, {}]);
    closing();

    await assert.rejects(talk('model.x.read'), Outage);
  });
});
