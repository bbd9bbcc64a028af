import assert from 'node:assert/strict';
import fc from 'fast-check';
import { syslogChannel } from '../../../src/adapters/notify/syslog.ts';
import type { NoticeMessage } from '../../../src/application/ports/notice-channel.ts';
import type { Severity } from '../../../src/domain/protection/detector.ts';
import { type IncidentNews, newsOf } from '../../../src/domain/protection/notice.ts';
import { givenIncident, morning } from '../../support/any-incident.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { localCertificate } from '../../support/local-certificate.ts';
import { waitFor } from '../../support/processes.ts';
import {
  ensureRsyslogd,
  startRsyslogd,
  type SyslogRecord,
  type TestRsyslogd,
} from '../../support/rsyslogd.ts';
import { skipUnless } from '../../support/skips.ts';

/** What somebody would send who wants another line, another field or another event in the log. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        ...[
          '\n',
          '\r\n',
          '\0',
          '\u2028',
          '\u2029',
          '\u0085',
          '\u202e',
          '\ud800',
          '\t',
          '\u001b[2J',
        ],
        ...['|', '=', '\\', '\\n', ' cat=forged', 'CEF:0|', ']', '[x@1 y="z"]', '"', '%', '#012'],
        ...[
          '\n13 <105>1 - - - -',
          '<0>1 2026-11-28T09:00:00Z evil x - - -',
          'Взлом',
          '🙂',
          'é',
          ' ',
        ],
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const messageOf = (news: readonly IncidentNews[]): NoticeMessage => ({
  ...{ id: '0197b7a0-0000-7000-8000-000000000001', severity: 'S1', locale: 'ru', at: morning },
  ...{ subject: 's', text: 't', unlinkedText: 't', links: [], shortText: 't' },
  news,
});
const newsFor = (target: string, severity: Severity = 'S1'): IncidentNews =>
  newsOf(givenIncident({ target, severity }), 'new');

/** Reads an event as the format says; throws where it does not keep to it. */
const readCef = (text: string) => {
  const parts = [...text.matchAll(/((?:[^|\\]|\\[|\\])*)(?:\||$)/gy)].map(([, part = '']) => part);
  const head = parts.slice(0, 7);
  const rest = text.slice(head.join('|').length + 1);
  const pairs = rest.split(/ (?=[A-Za-z0-9]+=)/).map((pair) => {
    const [, name = assert.fail(pair), value = ''] =
      /^([A-Za-z0-9]+)=((?:[^=\\|]|\\[=\\|])*)$/u.exec(pair) ?? [];
    return [name, value.replaceAll(/\\([=\\|])/g, '$1')] as const;
  });
  const names = pairs.map(([name]) => name);
  assert.equal(new Set(names).size, names.length, 'no field comes twice');
  return { head, fields: Object.fromEntries(pairs) };
};
/** What is left of a text on one line. */
const onOneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ');

describe('The syslog channel, judged by rsyslogd', function () {
  this.timeout(120_000);
  let daemon: TestRsyslogd;
  before(async function () {
    skipUnless(this, await ensureRsyslogd());
    daemon = await startRsyslogd();
  });
  after(() => daemon?.stop());

  /** Sends and answers all that rsyslogd made of it. */
  const recordsOf = async (
    news: readonly IncidentNews[],
    security: 'tls' | 'none' = 'none',
  ): Promise<SyslogRecord[]> => {
    const port = security === 'tls' ? daemon.tlsPort : daemon.plainPort;
    const target = { host: 'localhost', port, security, ca: localCertificate };
    const channel = syslogChannel(new Map([['siem', target]]), 'gw-1');
    const before = daemon.records().length;
    const end = newsFor('the end');
    const outcome = await channel.send('siem', messageOf([...news, end]));
    assert.equal(outcome.outcome, 'accepted');
    // One connection's messages stay in order: behind the last nothing more can come.
    await waitFor('the last record', () => daemon.records().slice(before).some(isEnd));
    const records = daemon.records().slice(before);
    assert.ok(isEnd(records.at(-1)!));
    return records.slice(0, -1);
  };
  const isEnd = ({ msg }: SyslogRecord): boolean => msg.includes('cs1=the end ');

  for (const security of ['none', 'tls'] as const) {
    it(`comes as one record with the fields of RFC 5424, over ${security === 'tls' ? 'TLS' : 'TCP'}`, async () => {
      const [record, ...more] = await recordsOf([newsFor('Портал 🙂')], security);

      assert.deepEqual(more, []);
      const { msg, time, ...header } = record!;
      assert.deepEqual(header, {
        ...{ pri: '105', version: '1', host: 'gw-1', app: 'kabinet-gateway', procid: '-' },
        ...{ msgid: 'incident', structured: '-' },
      });
      assert.equal(Date.parse(time), morning);
      const { head, fields } = readCef(msg.replace(/^\uFEFF/, ''));
      assert.deepEqual(head.slice(0, 4), ['CEF:0', 'Kabinet', 'Gateway', '1']);
      assert.deepEqual(head.slice(5), ['bad-signature', '10']);
      assert.equal(fields['cs1'], 'Портал 🙂');
    });
  }

  it('says in its priority how grave it is', async () => {
    const grades = ['S1', 'S2', 'S3', 'S4'] as const;

    const records = await recordsOf(grades.map((severity) => newsFor('x', severity)));

    assert.deepEqual(
      records.map(({ pri }) => pri),
      ['105', '107', '108', '109'],
    );
  });

  it('is exactly one record of the right fields, whatever an attacker’s text says', async () => {
    const [model] = await recordsOf([newsFor('x')]);
    const sameHeader = ({ msg: _, ...header }: SyslogRecord) => header;
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 20 }), async (targets) => {
        const records = await recordsOf(targets.map((target) => newsFor(target)));

        assert.equal(records.length, targets.length);
        for (const [n, record] of records.entries()) {
          assert.deepEqual(sameHeader(record), sameHeader(model!));
          const { head, fields } = readCef(record.msg.replace(/^\uFEFF/, ''));
          assert.equal(head[5], 'bad-signature');
          assert.equal(fields['cs1'], onOneLine(targets[n]!));
          assert.equal(fields['cat'], 'bad-signature');
        }
      }),
      fcFewRuns,
    );
  });
});
