import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noticesFromFile } from '../../src/main/notices-file.ts';

const mail = { host: 'smtp.example.ru', port: 587, security: 'starttls', from: 'k@example.ru' };
const anna = {
  ...{ id: 'anna', locale: 'ru', role: 'first' },
  channels: [{ kind: 'mail', address: 'anna@example.ru' }],
};
const file = { people: [anna], mail };

describe('A file of notices', () => {
  let folder: string;
  let path: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-notices-'));
    path = join(folder, 'notices.json');
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (content: unknown) => {
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return noticesFromFile(path);
  };

  it('is read as the example in deploy shows', () => {
    const example = join(import.meta.dirname, '../../deploy/notices.example.json');
    const { roster, webhooks, syslog, link, mail: smtp, telegram } = noticesFromFile(example);

    assert.deepEqual(
      roster.people.map(({ id, role, channels }) => `${id} ${role} ${String(channels.length)}`),
      ['anna first 3', 'boris second 2', 'duty-group group 1'],
    );
    const quiet = { from: 22 * 60, to: 8 * 60, zone: 'Europe/Moscow' };
    assert.deepEqual(
      roster.people.map((person) => person.quiet),
      [quiet, undefined, undefined],
    );
    assert.deepEqual(roster.feeds, [
      { id: 'ops', channel: { kind: 'webhook', address: 'ops' } },
      { id: 'siem', channel: { kind: 'syslog', address: 'siem' } },
    ]);
    assert.deepEqual([...webhooks.keys(), ...syslog.keys()], ['ops', 'siem']);
    assert.equal(smtp?.security, 'starttls');
    assert.equal(telegram?.url, 'https://api.telegram.org');
    assert.match(link ?? '', /^https:/);
    assert.deepEqual(noticesFromFile(example).sms, { segmentsPerDay: 100, isLatin: true });
  });

  it('may say little: people and their mail', () => {
    const { roster, alertmanager, mail: smtp } = read(file);
    assert.deepEqual(roster.people, [{ ...anna, quiet: undefined }]);
    assert.deepEqual([roster.feeds, alertmanager, smtp], [[], undefined, mail]);
  });

  it('names certificates that lie beside it', () => {
    writeFileSync(join(folder, 'ca.pem'), 'PEM');
    const siem = { name: 'siem', host: 'h', port: 6514, security: 'tls', ca: 'ca.pem' };
    assert.equal(read({ ...file, syslog: [siem] }).syslog.get('siem')?.ca, 'PEM');
    assert.throws(
      () => read({ ...file, syslog: [{ ...siem, ca: 'none.pem' }] }),
      /none\.pem cannot be read/,
    );
  });

  const withPerson = (change: object) => ({
    ...file,
    people: [anna, { ...anna, id: 'b', ...change }],
  });
  const hook = { name: 'ops', url: 'https://a.example/x', secret: 's'.repeat(16) };
  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['that is no JSON', '{', /is no JSON/],
    [
      'with a limit that no short message fits in',
      { ...file, sms: { segmentPrice: 500, dailyLimit: 499 } },
      /sms\.dailyLimit is less than one short message costs/,
    ],
    [
      'with a price of nothing',
      { ...file, sms: { segmentPrice: 0, dailyLimit: 9 } },
      /segmentPrice/,
    ],
    ['without people', { mail, people: [] }, /people/],
    ['with a word nobody knows', { ...file, colour: 1 }, /colour/],
    ['with a role nobody knows', withPerson({ role: 'boss' }), /people\.1\.role/],
    ['with nobody who is first', { mail, people: [{ ...anna, role: 'group' }] }, /the role first/],
    [
      'with a name twice',
      { ...file, webhooks: [{ ...hook, name: 'anna' }] },
      /anna is there twice/,
    ],
    ['with a person without channels', withPerson({ channels: [] }), /people\.1\.channels/],
    [
      'with no mail address',
      withPerson({ channels: [{ kind: 'mail', address: 'b' }] }),
      /no e-mail/,
    ],
    [
      'with no phone number',
      withPerson({ channels: [{ kind: 'sms', address: '8999' }] }),
      /no phone/,
    ],
    [
      'with no chat',
      withPerson({ channels: [{ kind: 'telegram', address: '@b' }] }),
      /no id of a chat/,
    ],
    [
      'with no hours',
      withPerson({ quietHours: { from: '24:00', to: '08:00' } }),
      /quietHours\.from/,
    ],
    ['with no zone', withPerson({ timeZone: 'Mars/Base' }), /timeZone is no time zone/],
    ['with mail to people and no server', { people: [anna] }, /mail, which is not set/],
    [
      'with telegram to people and no bot',
      withPerson({ channels: [{ kind: 'telegram', address: '1' }] }),
      /telegram, which is not set/,
    ],
    [
      'with a short secret',
      { ...file, webhooks: [{ ...hook, secret: 'abc' }] },
      /webhooks\.0\.secret/,
    ],
    ['with no address', { ...file, webhooks: [{ ...hook, url: 'ftp://a' }] }, /webhooks\.0\.url/],
  ];
  for (const [what, content, message] of wrong) {
    it(`${what} is refused in one sentence that names the place`, () => {
      assert.throws(
        () => read(content),
        (error: Error) => {
          assert.match(error.message, message);
          assert.ok(error.message.startsWith(path));
          assert.doesNotMatch(error.message, /\n|abc/);
          return true;
        },
      );
    });
  }

  it('that is not there is refused', () => {
    assert.throws(() => noticesFromFile(join(folder, 'none.json')), /none\.json cannot be read/);
  });
});
