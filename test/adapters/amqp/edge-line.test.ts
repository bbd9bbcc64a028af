import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { commandSender } from '../../../src/adapters/amqp/portal-line.ts';
import type { BrokerUser, Vhost } from '../../../src/adapters/amqp/topology.ts';
import { InProcessBrokers } from '../../../src/adapters/in-process/in-process-broker.ts';
import type { Broker } from '../../../src/application/ports/broker.ts';
import {
  type EdgeMeasures,
  type EdgeReport,
  edgeReportLimits,
} from '../../../src/application/ports/edge-watch.ts';
import type {
  MoneyCommand,
  PaymentCommand,
} from '../../../src/application/ports/accounting-system.ts';
import { attackSign } from '../../../src/domain/protection/detectors/attack-text.ts';
import { gatewayRabbitmq, rabbitBroker } from '../../support/gateway-rabbitmq.ts';
import {
  anna,
  givenLine,
  grantOf,
  type Line,
  outgoing,
  randomness,
  recordPayment,
} from '../../support/gateway-world.ts';
import { edgeRow } from '../../support/given-traffic.ts';
import { ensureRabbitmq } from '../../support/rabbitmq.ts';
import { skipUnless } from '../../support/skips.ts';

const measures: EdgeMeasures = {
  measures: [
    { on: 'subnet', id: '203.0.113.0/24', measure: 'tarpit', until: '2026-11-22T10:00:00.000Z' },
  ],
};
const report: EdgeReport = {
  rows: [edgeRow('203.0.113.0/24', { tries: [{ subject: 'digest', failed: true }] })],
  fingerprints: [1],
  documents: [{ by: 'customer', id: anna, count: 3 }],
};

const givenEdgeLine = (
  openBroker: (vhost: Vhost, user: BrokerUser) => Promise<Broker>,
  take: (report: EdgeReport) => unknown,
): Promise<Line> =>
  givenLine(
    openBroker,
    [grantOf('gateway.report-edge', 100), grantOf('ledger.record-payment', 1_000)],
    { 'gateway.report-edge': ({ data }) => take(data as EdgeReport) },
  );

const edgeBehaviour = (openBroker: () => (vhost: Vhost, user: BrokerUser) => Promise<Broker>) => {
  let line: Line;
  let reports: EdgeReport[];
  beforeEach(async () => {
    reports = [];
    line = await givenEdgeLine(openBroker(), (seen) => {
      reports.push(seen);
      return measures;
    });
  });
  afterEach(() => line.close());

  it('takes a report to the gateway, and the measures back', async () => {
    assert.deepEqual(await line.questions.reportEdge(report), measures);
    assert.deepEqual(reports, [report]);
    assert.deepEqual(line.trouble, []);
  });

  it('carries the largest report there can be', async () => {
    const { rows, tries, fingerprints, documents } = edgeReportLimits;
    const largest = {
      rows: Array.from({ length: rows }, (_, n) =>
        edgeRow(`2001:db8:ffff:${(n * 256).toString(16)}::/56`, {
          requests: 99_999,
          unauthenticated: 99_999,
          refused: 99_999,
          steps: ['POST /api/sign-in'],
          tries: Array.from({ length: n < tries - rows ? 2 : 1 }, () => ({
            subject: 'd'.repeat(22),
            failed: false,
          })),
        }),
      ),
      fingerprints: Array.from({ length: fingerprints }, () => 99_999),
      documents: Array.from({ length: documents }, () => ({
        ...{ by: 'customer' as const, id: randomness.id(), count: 99_999 },
      })),
    };

    assert.deepEqual(await line.questions.reportEdge(largest), measures);
  });

  it('takes texts inside byte by byte, whatever they look like', async () => {
    const texts = ['<script>alert(1)</script>', "x' OR 1=1 --", '${jndi:ldap://x}', '{{7*7}}'];
    const taken: PaymentCommand[] = [];
    line.accounting.recordPayment = (command: MoneyCommand) => {
      taken.push(command as PaymentCommand);
      return Promise.resolve('posted');
    };
    const send = commandSender(line.brokers.portal, line.portalWriter);
    for (const method of texts) {
      assert.notEqual(attackSign(method), undefined);
      await send(outgoing('command', 'ledger.record-payment', recordPayment({ method })));
    }
    while (taken.length < texts.length) await pause(5);

    assert.deepEqual(
      taken.map(({ payment }) => payment.method),
      texts,
    );
    assert.deepEqual(line.trouble, []);
  });
};

describe('The edge’s line to the gateway › in one process', function () {
  this.timeout(10_000);
  edgeBehaviour(() => {
    const brokers = new InProcessBrokers({ pickUpMs: 500, verdictMs: 2_000, againMs: 1 });
    return (vhost, user) => Promise.resolve(brokers.broker(vhost, user));
  });

  it('changes nothing where the answer is in no agreed form', async () => {
    const brokers = new InProcessBrokers({ pickUpMs: 500, verdictMs: 2_000, againMs: 1 });
    const line = await givenEdgeLine(
      (vhost, user) => Promise.resolve(brokers.broker(vhost, user)),
      () => ({ measures: [{ ...measures.measures[0], measure: 'hang' }] }),
    );

    assert.equal(await line.questions.reportEdge(report), undefined);
    await line.close();
  });
});

describe('The edge’s line to the gateway › RabbitMQ', function () {
  this.timeout(120_000);
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    await gatewayRabbitmq();
  });
  edgeBehaviour(() => (vhost, user) => rabbitBroker(vhost, user));
});
