import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { brokerAddress, shownAddress } from '../../../src/adapters/amqp/broker-address.ts';
import { developmentDefinitions } from '../../../src/adapters/amqp/definitions.ts';
import { lifetimeMs } from '../../../src/adapters/amqp/schemas/message-kinds.ts';
import { maxBodyBytes } from '../../../src/adapters/amqp/strict-json.ts';
import {
  deliveryLimit,
  exchanges,
  permissions,
  queues,
  shardOf,
  shards,
} from '../../../src/adapters/amqp/topology.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const committed = (name: string): string =>
  readFileSync(new URL(`../../../deploy/rabbitmq/${name}`, import.meta.url), 'utf8');

describe('The topology', () => {
  it('is what the committed definitions say: else run scripts/rabbitmq-definitions.ts', () => {
    assert.equal(committed('definitions.json'), developmentDefinitions('3.10'));
    assert.equal(committed('definitions-4.json'), developmentDefinitions('4'));
  });

  it('says every limit in the definitions of both releases, and no priority', () => {
    for (const name of ['definitions.json', 'definitions-4.json']) {
      const read = JSON.parse(committed(name)) as {
        readonly queues: readonly { readonly arguments: Readonly<Record<string, unknown>> }[];
      };
      assert.equal(read.queues.length, queues.length);
      for (const { arguments: given } of read.queues) {
        assert.ok(Number(given['x-max-length']) > 0);
        assert.ok(!Object.keys(given).some((key) => key.includes('priority')));
        const isWork = 'x-dead-letter-exchange' in given;
        const isDead = given['x-queue-type'] === 'quorum' && !isWork;
        const dead = isDead && name === 'definitions-4.json' ? -1 : undefined;
        assert.equal(given['x-delivery-limit'], isWork ? deliveryLimit : dead);
        assert.ok(isWork || Number(given['x-message-ttl']) > 0);
      }
    }
  });

  it('takes from a publisher no more than a message can be, by the committed settings', () => {
    const size = /^max_message_size = (\d+)$/m.exec(committed('rabbitmq.conf'))?.[1];

    assert.equal(Number(size), 4 * maxBodyBytes);
    const held = /^consumer_timeout = (\d+)$/m.exec(committed('rabbitmq.conf'))?.[1];
    assert.equal(Number(held), lifetimeMs.command);
  });

  it('binds every queue to an exchange of its virtual host, and one queue to a key', () => {
    for (const { vhost, exchange, name } of queues) {
      const bound = exchanges.filter((row) => row.vhost === vhost && row.name === exchange);
      assert.equal(bound.length, 1, name);
    }
    const keys = queues.map(
      ({ vhost, exchange, routingKey }) => `${vhost} ${exchange} ${routingKey}`,
    );
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(new Set(queues.map(({ name }) => name)).size, queues.length);
  });

  it('lets a user read nothing another user reads too, and nobody who runs declare', () => {
    for (const { name, vhost } of queues) {
      const readers = permissions.filter(
        (row) => row.vhost === vhost && new RegExp(row.read).test(name),
      );
      assert.ok(readers.length <= 1, name);
      assert.equal(readers.length === 0, name.endsWith('.dead'), name);
    }
    assert.ok(permissions.every(({ configure }) => configure === '^$'));
  });

  it('has a shard for every customer, always the same', () => {
    fc.assert(
      fc.property(fc.uuid(), (subject) => {
        assert.ok(shards.includes(shardOf(subject)));
        assert.equal(shardOf(subject), shardOf(subject));
      }),
      fcRuns,
    );
    // The check value of CRC-32: 0xcbf43926.
    assert.equal(shardOf('123456789'), '06');
    assert.equal(shards.length, 16);
  });
});

describe('A broker’s address', () => {
  it('names user, password and virtual host, whatever characters they have', () => {
    const address = brokerAddress('amqp://rabbit:5672', 'portal', 'p@ss/w:rd', 'core');

    assert.equal(address, 'amqp://portal:p%40ss%2Fw%3Ard@rabbit:5672/core');
    assert.equal(shownAddress(address), 'amqp://portal@rabbit:5672/core');
  });
});
