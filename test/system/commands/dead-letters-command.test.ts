import assert from 'node:assert/strict';
import { auditReader } from '../../../src/adapters/amqp/audit-seal.ts';
import { commandSender } from '../../../src/adapters/amqp/portal-line.ts';
import { PostgresAuditPages } from '../../../src/adapters/postgres/gateway/postgres-audit-pages.ts';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import { PostgresOutbox } from '../../../src/adapters/postgres/postgres-outbox.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { verifyAudit } from '../../../src/application/gateway/verify-audit.ts';
import { minute } from '../../../src/domain/time.ts';
import { deadLettersOptions } from '../../../src/main/commands/dead-letters-options.ts';
import { prepareDatabase } from '../../../src/main/database.ts';
import { emptyQueues, gatewayRabbitmq, rabbitBroker } from '../../support/gateway-rabbitmq.ts';
import { givenLine, grantOf, outgoing, recordPayment } from '../../support/gateway-world.ts';
import { runScript } from '../../support/run-command.ts';
import { testDatabase } from '../../support/postgres.ts';
import { waitFor } from '../../support/processes.ts';
import { ensureRabbitmq } from '../../support/rabbitmq.ts';
import { skipUnless } from '../../support/skips.ts';
import { shards } from '../../../src/adapters/amqp/topology.ts';

describe('npm run dead-letters', function () {
  this.timeout(120_000);
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
  });
  beforeEach(() => emptyQueues('gw.dead', 'core.dead'));
  after(() => emptyQueues('gw.dead', 'core.dead'));

  it('lists, has the source say again what can be done now, and drops under a name', async () => {
    const line = await givenLine(
      (vhost, user) => rabbitBroker(vhost, user),
      [grantOf('ledger.record-payment', 100)],
    );
    const [portalDatabase, gatewayDatabase] = [
      await testDatabase('lettersportal'),
      await testDatabase('lettersgateway'),
    ];
    await prepareDatabase('portal', portalDatabase.url);
    await prepareDatabase('gateway', gatewayDatabase.url);
    const [portalPool, gatewayPool] = [portalDatabase, gatewayDatabase].map(({ url }) =>
      openPool(url, 2, 'letters'),
    );
    const { port } = await gatewayRabbitmq();
    const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
      runScript('src/main/commands/dead-letters.ts', args, {
        ...{ AMQP_URL: `amqp://127.0.0.1:${String(port)}`, KABINET_KEYS: line.rings.directory },
        PORTAL_DATABASE_URL: portalDatabase.url,
        GATEWAY_DATABASE_URL: gatewayDatabase.url,
        ...more,
      });
    try {
      // Nobody serves the inside, but somebody who fails at everything.
      await line.stopInside();
      const stops = await Promise.all(
        shards.map((shard) =>
          line.brokers.inside.consume(`core.ledger.c.${shard}`, 1, () => Promise.resolve('dead')),
        ),
      );
      const send = commandSender(line.brokers.portal, line.portalWriter);
      const commands = [1, 2].map(() =>
        outgoing('command', 'ledger.record-payment', recordPayment()),
      );
      for (const command of commands) await send(command);
      // And one that nobody signed, at the gateway.
      const forged = line.portalWriter.write(
        { type: 'ledger.record-payment', subject: commands[0]!.customerId!, data: {} },
        { exchange: 'gw.in.c', routingKey: '00' },
      );
      await line.brokers.portal.publish({ ...forged, headers: { kid: 'nobody', sig: 'none' } });
      await waitFor('the letters', async () => (await countOf(line)).join() === '1,2');
      await Promise.all(stops.map((stop) => stop()));

      const list = await run(['list']);
      assert.equal(list.code, 0, list.err);
      assert.match(list.out, new RegExp(`^${forged.messageId}  \\S+  died in gw.c.00  rejected\n`));
      assert.match(list.out, /died in core\.ledger\.c\.0\w {2}rejected\n[^]*\n3 dead letters\n$/);
      const ids = [...list.out.matchAll(/^(\S+) {2}\S+ {2}died in core/gm)].map(([, id]) => id!);
      assert.doesNotMatch(list.out, /paymentId|50000/);

      const again = await run(['redrive', ids[0]!]);
      assert.equal(again.code, 0, again.err);
      assert.match(again.out, /: is sent again by portal\n$/);
      const outbox = new PostgresOutbox(portalPool!);
      const [waiting, ...more] = await outbox.take(10, minute, systemClock.now());
      assert.deepEqual(more, []);
      assert.ok(
        commands.some(({ id }) => id === waiting?.id),
        'under its own key',
      );
      assert.equal((JSON.parse(waiting!.body) as { causedBy: string }).causedBy, ids[0]);
      await waitFor('one fewer', async () => (await countOf(line)).join() === '1,1');

      const poison = await run(['redrive', forged.messageId]);
      assert.deepEqual([poison.code, (await countOf(line)).join()], [1, '1,1']);
      assert.match(poison.out, /stays, for nobody we know said it as it is \(key\)/);
      const strange = await run(['redrive', ids[1]!, '--source', 'accounting'], {
        BOOKS_DATABASE_URL: portalDatabase.url,
      });
      assert.match(strange.out, /stays, for portal said it: run this where/);

      const dropped = await run(['drop', 'all', '--by', 'olga', '--reason', 'paid by hand']);
      assert.equal(dropped.code, 0, dropped.err);
      await waitFor('no letters', async () => (await countOf(line)).join() === '0,0');
      const pages = new PostgresAuditPages(gatewayPool!);
      const said = (await pages.after(0, 10)).map(
        ({ kind, who, what }) => `${kind} ${who} ${what}`,
      );
      assert.deepEqual(said, [
        `dead-letters olga dropped ledger.record-payment ${forged.messageId} of gw.c.00: paid by hand`,
        ...[`dead-letters olga dropped ledger.record-payment ${ids[1]!} of `].map((begin) =>
          said.find((one) => one.startsWith(begin)),
        ),
      ]);
      assert.equal(
        (await verifyAudit(pages, auditReader(line.rings.directory))()).broken,
        undefined,
      );
      assert.match(
        (await run(['drop', ids[1]!, '--by', 'o', '--reason', 'r'])).err,
        /no dead letter has/,
      );

      const elsewhere = await run(['redrive', 'all'], { KABINET_KEYS: '/nowhere' });
      assert.match(elsewhere.err, /portal\.private\.pem is missing: run this where portal runs/);
      const unable = await run(['list'], {
        AMQP_URL: `amqp://portal:development-portal@127.0.0.1:${String(port)}`,
      });
      assert.equal(unable.code, 1, 'a user who may not read them');
      assert.doesNotMatch(unable.err, /development-portal/);
    } finally {
      await line.close();
      await Promise.all([portalPool!.end(), gatewayPool!.end()]);
      await Promise.all([portalDatabase.drop(), gatewayDatabase.drop()]);
    }
  });

  it('says what cannot be meant', () => {
    assert.throws(() => deadLettersOptions([]), /say what to do: list, redrive or drop/);
    assert.throws(() => deadLettersOptions(['drop']), /drop takes the id of a letter/);
    assert.throws(() => deadLettersOptions(['drop', 'x']), /--by is missing/);
    assert.throws(() => deadLettersOptions(['drop', 'x', '--by', 'o']), /--reason is missing/);
    assert.throws(() => deadLettersOptions(['redrive', 'x', '--source', 'y']), /--source takes/);
    assert.throws(
      () => deadLettersOptions(['redrive', 'x', 'y']),
      /only one at a time, not also y/,
    );
    assert.deepEqual(deadLettersOptions(['redrive', 'x', '--help']), { command: 'help' });
  });
});

const countOf = async ({ brokers }: Awaited<ReturnType<typeof givenLine>>) => [
  await brokers.gatewayOut.waiting('gw.dead'),
  await brokers.gatewayIn.waiting('core.dead'),
];
