import assert from 'node:assert/strict';
import { letterMail } from '../../../src/adapters/notify/letter-mail.ts';
import type { CustomerLetter } from '../../../src/application/ports/letter-sender.ts';
import { freePort } from '../../support/free-port.ts';
import { noon } from '../../support/given.ts';
import { givenSmtpServer } from '../../support/notice-listeners.ts';

const letter: CustomerLetter = {
  id: '01900000-0000-7000-8000-000000000001',
  to: 'anna@example.org',
  subject: 'Выписка по лицевому счёту',
  text: 'Здравствуйте, Анна!',
  at: noon,
  attachment: {
    name: 'statement.pdf',
    type: 'application/pdf',
    bytes: Uint8Array.from({ length: 100_000 }, (_, n) => n % 251),
  },
};
const settings = (port: number) => ({
  host: '127.0.0.1',
  port,
  security: 'none' as const,
  from: 'Ромашка <post@kabinet.example>',
});

describe('A letter to a customer, at a real mail server', function () {
  this.timeout(20_000);
  let server: Awaited<ReturnType<typeof givenSmtpServer>>;
  beforeEach(async () => {
    server = await givenSmtpServer();
  });
  afterEach(() => server.close());

  it('arrives at the one address with its file, byte for byte', async () => {
    const sent = await letterMail(settings(server.port)).send(letter);

    assert.deepEqual(sent, { outcome: 'accepted', reference: letter.id });
    const [taken] = server.letters;
    assert.equal(taken?.from, 'post@kabinet.example');
    assert.deepEqual(taken.to, ['anna@example.org']);
    assert.match(taken.text, new RegExp(`^Message-ID: <${letter.id}@kabinet\\.example>`, 'm'));
    assert.match(taken.text, /^Auto-Submitted: auto-generated/m);
    assert.match(taken.text, /^Content-Type: application\/pdf; name=statement\.pdf/m);
    const [, base64 = ''] =
      /filename=statement\.pdf\r\n(?:.+\r\n)*\r\n([A-Za-z0-9+/=\r\n]+)/.exec(taken.text) ?? [];
    assert.deepEqual(new Uint8Array(Buffer.from(base64, 'base64')), letter.attachment.bytes);
  });

  it('makes no second address of one that hides two', async () => {
    await letterMail(settings(server.port)).send({ ...letter, to: 'a@example.org, b@example.org' });

    assert.ok(server.letters.every(({ to }) => to.length <= 1));
  });

  it('is told apart: taken back for now, refused for good, and perhaps taken', async () => {
    const send = () => letterMail(settings(server.port), 1_500).send(letter);
    server.state.reply = 451;
    assert.equal((await send()).outcome, 'not-attempted');
    server.state.reply = 554;
    assert.equal((await send()).outcome, 'refused');
    server.state.reply = 250;
    server.state.isSilent = true;
    assert.equal((await send()).outcome, 'unknown');
    const nobody = await letterMail(settings(await freePort())).send(letter);
    assert.equal(nobody.outcome, 'not-attempted');
  });
});
