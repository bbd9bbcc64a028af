import assert from 'node:assert/strict';
import { beatOf } from '../../../src/adapters/amqp/gateway-beat.ts';
import { hearGateways } from '../../../src/adapters/amqp/inside-budgets.ts';
import { canarySender } from '../../../src/adapters/amqp/inside-canaries.ts';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../../src/adapters/amqp/message-writer.ts';
import type { BrokerUser, Vhost } from '../../../src/adapters/amqp/topology.ts';
import { InProcessBrokers } from '../../../src/adapters/in-process/in-process-broker.ts';
import { MemoryCanarySettings } from '../../../src/adapters/memory/memory-canary-settings.ts';
import { MemoryIncidentStore } from '../../../src/adapters/memory/memory-incident-store.ts';
import { MemoryRealIds } from '../../../src/adapters/memory/memory-real-ids.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { mostCanaries } from '../../../src/application/canaries/change-canaries.ts';
import { listCanaries } from '../../../src/application/canaries/list-canaries.ts';
import { canaryList } from '../../../src/application/gateway/canary-list.ts';
import { countTraffic } from '../../../src/application/gateway/count-traffic.ts';
import { loadCurb } from '../../../src/application/gateway/curb-load.ts';
import { measuresInForce } from '../../../src/application/gateway/measures-in-force.ts';
import { noteRefusal } from '../../../src/application/gateway/note-refusal.ts';
import { raiseIncident } from '../../../src/application/gateway/raise-incident.ts';
import { tellIncidents } from '../../../src/application/gateway/tell-incidents.ts';
import { watchTraffic } from '../../../src/application/gateway/watch-traffic.ts';
import type { Broker } from '../../../src/application/ports/broker.ts';
import { canaryDetector } from '../../../src/domain/protection/detectors/canary.ts';
import { usualDetection } from '../../../src/domain/protection/detectors/settings.ts';
import type { AccountId } from '../../../src/domain/ids.ts';
import { gatewayRabbitmq, rabbitBroker } from '../../support/gateway-rabbitmq.ts';
import {
  anna,
  annasAccount,
  asking,
  givenLine,
  grantOf,
  randomness,
} from '../../support/gateway-world.ts';
import { waitFor } from '../../support/processes.ts';
import { ensureRabbitmq } from '../../support/rabbitmq.ts';
import { skipUnless } from '../../support/skips.ts';

/** A gateway with an eye for canaries, and an inside that has some. */
const givenCanaries = async (openBroker: (vhost: Vhost, user: BrokerUser) => Promise<Broker>) => {
  const incidents = new MemoryIncidentStore();
  const clock = systemClock;
  const measures = measuresInForce(usualDetection.suspicion.levels, () => 0.5);
  const teller = tellIncidents([], raiseIncident(incidents, clock), () => undefined);
  const { weights } = usualDetection.suspicion;
  const reactions = { measures, curb: loadCurb(usualDetection) };
  const watch = watchTraffic([canaryDetector()], weights, reactions, teller, clock);
  const canaries = canaryList([]);
  const line = await givenLine(
    openBroker,
    [grantOf('ledger.read-account', 100)],
    undefined,
    undefined,
    {
      noteRefusal: noteRefusal(watch, canaries, clock),
      controls: {
        'gateway.canaries-listed': ({ data }) => {
          const { seq, ids } = data as { readonly seq: number; readonly ids: readonly string[] };
          canaries.replace(seq, ids);
        },
      },
    },
  );
  const { inside, gatewayIn } = line.brokers;
  const settings = new MemoryCanarySettings();
  const real = new MemoryRealIds([annasAccount]);
  const listing = listCanaries(settings, real, canarySender(inside, line.insideWriter), clock);
  const report = (error: unknown): void => void line.trouble.push(error);
  const now = () => clock.now();
  const stopHearing = await hearGateways(
    { broker: inside, reader: messageReader(line.rings.accounting), now, report },
    { heard: () => Promise.resolve() },
    (beat) => void listing.heard(beat).catch(report),
  );
  const writer = messageWriter(line.rings.gateway, 'gateway-1', clock, randomness);
  const gate = { waiting: () => 0 } as never;
  const { budgets } = line;
  const counts = countTraffic();
  return {
    ...{ line, settings, listing, canaries, measures, watch, incidents },
    beat: beatOf({ core: gatewayIn, writer, instance: 'gateway-1', budgets, gate, counts, now }),
    close: async () => {
      await stopHearing();
      await line.close();
    },
  };
};

const canaryBehaviour = (openBroker: () => (vhost: Vhost, user: BrokerUser) => Promise<Broker>) => {
  let given: Awaited<ReturnType<typeof givenCanaries>>;
  beforeEach(async () => {
    given = await givenCanaries(openBroker());
  });
  afterEach(() => given.close());

  it('has the id that was listed inside raise the alarm, and answers as if there were none', async () => {
    const { line, settings, listing, canaries, beat, watch, incidents, measures } = given;
    await line.ownership.learn({ accountId: annasAccount, customerId: anna, version: 1 });
    const [canary, nothing] = [randomness.id() as AccountId, randomness.id() as AccountId];
    await settings.keep([{ id: canary, note: 'in a table nobody reads' }]);
    await listing.refresh();
    assert.equal(canaries.has(canary), false, 'nobody has told the gateway yet');
    await beat();
    await waitFor('the list', () => canaries.has(canary));

    const ask = (account: AccountId) => line.questions.readAccount(account, asking(anna));
    const answers = [await ask(nothing), await ask(canary)];
    assert.deepEqual(answers, [{ outcome: 'not-found' }, { outcome: 'not-found' }]);
    assert.equal(line.accounting.reads, 0);
    await watch.drain();
    const raised = await incidents.list(10);
    assert.deepEqual(
      raised.map(({ detector, severity, target }) => [detector, severity, target]),
      [['canary', 'S1', anna]],
    );
    assert.match(raised[0]?.evidence ?? '', new RegExp(canary));
    assert.equal(
      measures.of({ kind: 'customer', id: anna }, systemClock.now())?.kind,
      'quarantine',
    );
    assert.deepEqual(line.trouble, []);
  });

  it('carries the longest list there can be, and one of none after it', async () => {
    const { settings, listing, canaries, beat } = given;
    const ids = Array.from({ length: mostCanaries }, () => randomness.id());
    await settings.keep(ids.map((id) => ({ id, note: '' })));
    await listing.refresh();
    await beat();
    await waitFor('the list', () => ids.every((id) => canaries.has(id)));

    await settings.keep([]);
    await listing.refresh();
    await waitFor('the list of none', () => !ids.some((id) => canaries.has(id)));
  });
};

describe('The line of canaries › in one process', function () {
  this.timeout(10_000);
  canaryBehaviour(() => {
    const brokers = new InProcessBrokers({ pickUpMs: 500, verdictMs: 2_000, againMs: 1 });
    return (vhost, user) => Promise.resolve(brokers.broker(vhost, user));
  });
});

describe('The line of canaries › RabbitMQ', function () {
  this.timeout(120_000);
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    await gatewayRabbitmq();
  });
  canaryBehaviour(() => (vhost, user) => rabbitBroker(vhost, user));
});
