import assert from 'node:assert/strict';
import { Auth } from '@vonage/auth';
import { SMS, TypeEnum } from '@vonage/sms';
import { Phones } from '../../../src/adapters/simulators/phone/phones.ts';
import { givenSimulators, vonage } from './running-simulators.ts';
import type { Running } from './running-simulators.ts';

const to = '79990000001';

describe('the simulated SMS operator, judged by the official package', () => {
  let running: Running;
  let sms: SMS;
  beforeEach(async () => {
    running = await givenSimulators();
    sms = new SMS(new Auth(vonage), { restHost: running.url, timeout: 2_000 });
  });
  afterEach(() => running.close());

  it('brings a Cyrillic text to the phone as it was written, when it is sent as unicode', async () => {
    const text = 'Код 123456 для входа';
    const answer = await sms.send({
      to,
      from: 'Kabinet',
      text,
      type: TypeEnum.UNICODE,
      clientRef: 'c1',
    });

    const [item] = await phone('+79990000001');
    assert.equal(item?.text, text);
    assert.deepEqual([item?.from, item?.to, item?.parts], ['Kabinet', to, 1]);
    const [part] = answer.messages as unknown as Record<string, string>[];
    assert.match(part?.['message-id'] ?? '', /^[0-9A-F]{16}$/);
    assert.equal(item?.id, part?.['message-id']);
    assert.match(part?.['message-price'] ?? '', /^\d+\.\d{8}$/);
    assert.equal(part?.['client-ref'], 'c1');
  });

  it('spoils a Cyrillic text sent as plain text, as the real one does', async () => {
    await sms.send({ to, from: 'Kabinet', text: 'Код 123456' });

    assert.equal((await phone(to))[0]?.text, '??? 123456');
  });

  it('answers 401 to a wrong secret', async () => {
    const stranger = new SMS(new Auth({ ...vonage, apiSecret: 'wrong' }), {
      restHost: running.url,
      timeout: 2_000,
    });

    await assert.rejects(
      stranger.send({ to, from: 'Kabinet', text: 'hello' }),
      (error: { response?: Response }) => error.response?.status === 401,
    );
    assert.equal((await phone(to)).length, 0);
  });

  it('takes fields in a form too, and counts in strings', async () => {
    const form = { api_key: vonage.apiKey, api_secret: vonage.apiSecret, to, from: 'Kabinet' };
    const answer = await sendForm({ ...form, text: 'x'.repeat(161) });

    assert.equal(answer['message-count'], '2');
    assert.deepEqual(await statusOf({ ...form, text: 'x', api_secret: 'wrong' }), '4');
    assert.deepEqual(await statusOf({ ...form, text: 'x', sig: 'x' }), '32');
    const [item] = await phone(to);
    assert.equal(item?.parts, 2);
  });

  const wrongs: readonly [status: string, field: string, value: string][] = [
    ['2', 'text', ''],
    ['3', 'to', '+79990000001'],
    ['3', 'to', '123'],
    ['3', 'type', 'smoke'],
    ['3', 'ttl', '100'],
    ['6', 'to', '09990000001'],
    ['12', 'text', 'x'.repeat(3_201)],
    ['15', 'from', 'a name too long'],
    ['23', 'callback', 'nowhere'],
  ];
  for (const [status, field, value] of wrongs) {
    it(`refuses ${field} "${value.slice(0, 20)}" with status ${status}`, async () => {
      const form = { api_key: vonage.apiKey, api_secret: vonage.apiSecret, to, from: 'Kabinet' };

      assert.equal(await statusOf({ ...form, text: 'hello', [field]: value }), status);
      assert.equal((await phone(to)).length, 0);
    });
  }

  it('fails as it is told to, for the numbers and the times it is told', async () => {
    await running.post('/control/vonage/rules', { match: '01', times: 1, action: { status: '9' } });

    const failed = sms.send({ to, from: 'Kabinet', text: 'one' });
    await assert.rejects(failed, (error: { response?: { messages: { status: string }[] } }) =>
      error.response?.messages.every(({ status }) => status === '9'),
    );
    await sms.send({ to, from: 'Kabinet', text: 'two' });
    assert.deepEqual(
      (await phone(to)).map(({ text }) => text),
      ['two'],
    );
  });

  it('hangs, breaks and cuts the connection, with or without the message delivered', async () => {
    const order = (action: object) => running.post('/control/vonage/rules', { times: 1, action });
    const send = (text: string) => sms.send({ to, from: 'Kabinet', text });

    await order({ http: 500 });
    await assert.rejects(send('broken'));
    await order({ reset: 'before' });
    await assert.rejects(send('cut before'));
    await order({ reset: 'after' });
    await assert.rejects(send('cut after'));
    await order({ hangMs: 3_000 });
    await assert.rejects(send('hung'));

    assert.deepEqual(
      (await phone(to)).map(({ text }) => text),
      ['hung', 'cut after'],
    );
    const bad = await running.post('/control/vonage/rules', { action: { status: 'soon' } });
    await running.post('/control/vonage/reset', {});
    assert.equal(bad.status, 400);
    assert.equal((await phone(to)).length, 0);
  });

  it('shows the phone as a page that reloads itself and escapes what it shows', async () => {
    await sms.send({ to, from: 'Kabinet', text: '<b>code</b>' });

    const page = await (await fetch(`${running.url}/phone/+${to}`)).text();

    assert.match(page, /&lt;b&gt;code&lt;\/b&gt;/);
    assert.match(page, /http-equiv="refresh" content="3"/);
  });

  async function phone(number: string) {
    const { items } = await running.get(`/phone/${number}/messages.json`);
    return items as { id: string; to: string; from: string; text: string; parts: number }[];
  }

  async function sendForm(fields: Record<string, string>) {
    const body = new URLSearchParams(fields);
    const answer = await fetch(`${running.url}/sms/json`, { method: 'POST', body });
    return (await answer.json()) as { 'message-count': string; messages: { status: string }[] };
  }

  async function statusOf(fields: Record<string, string>) {
    return (await sendForm(fields)).messages[0]?.status;
  }
});

describe('the phones', () => {
  it('keep 200 messages of a number, the newest first', () => {
    const phones = new Phones();
    for (let n = 1; n <= 201; n += 1) {
      phones.deliver({ id: `${n}`, to, from: 'K', text: `${n}`, receivedAt: '', parts: 1 });
    }

    const messages = phones.messages(`+${to}`);
    assert.deepEqual([messages.length, messages[0]?.id, messages.at(-1)?.id], [200, '201', '2']);
  });
});
