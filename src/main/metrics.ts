import client from 'prom-client';
import type { Curb } from '../domain/protection/curb.ts';
import type { Instant } from '../domain/time.ts';
import type { RequestListener } from 'node:http';

/** What the programs count. Labels are few-valued: routes by pattern, never ids. */
export class Metrics {
  readonly #registry = new client.Registry();
  readonly #requests = new client.Histogram({
    name: 'kabinet_http_request_seconds',
    help: 'Time of HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.#registry],
  });
  readonly #notifications = new client.Counter({
    name: 'kabinet_notifications_total',
    help: 'Notifications of payment systems by how they ended',
    labelNames: ['provider', 'result'],
    registers: [this.#registry],
  });
  readonly #errors = new client.Counter({
    name: 'kabinet_errors_total',
    help: 'Errors of ours by program',
    labelNames: ['program'],
    registers: [this.#registry],
  });

  readonly #findings = new client.Counter({
    name: 'kabinet_detector_findings_total',
    help: 'What the gateway’s detectors found, and whether anybody was told',
    labelNames: ['detector', 'fate'],
    registers: [this.#registry],
  });

  readonly #load = new client.Gauge({
    name: 'kabinet_gateway_load',
    help: 'Requests under way and waiting, places, and what passed or was busy since the start',
    labelNames: ['operation', 'what'],
    registers: [this.#registry],
  });

  readonly #curb = new client.Gauge({
    name: 'kabinet_gateway_curb',
    help: 'Share of the grants that passes in each lane while too much comes; 1 is all of it',
    labelNames: ['lane'],
    registers: [this.#registry],
  });

  readonly #foreignLines = new client.Counter({
    name: 'kabinet_accounting_lines_total',
    help: 'Lines that others posted in the accounting system: brought to customers, left out, in conflict',
    labelNames: ['fate'],
    registers: [this.#registry],
  });
  readonly #pendingLines = new client.Gauge({
    name: 'kabinet_accounting_lines_pending',
    help: 'Lines of the accounting system that wait for a command of ours to end',
    registers: [this.#registry],
  });
  #foreignSeenAt: number | undefined;

  request(line: { method: string; route: string; status: number; ms: number }): void {
    const { method, route, status, ms } = line;
    this.#requests.observe({ method, route, status: String(status) }, ms / 1_000);
  }

  notification(provider: string, result: string): void {
    this.#notifications.inc({ provider, result });
  }

  error(program: string): void {
    this.#errors.inc({ program });
  }

  finding(detector: string, fate: string): void {
    this.#findings.inc({ detector, fate });
  }

  gatewayLoad(
    operation: string,
    load: Readonly<Record<'underWay' | 'places' | 'waiting' | 'passed' | 'busy', number>>,
  ): void {
    for (const [what, value] of Object.entries(load)) this.#load.set({ operation, what }, value);
  }

  /** A round over the lines of the accounting system has ended; `at` is when it began. */
  foreignRound(
    at: Instant,
    {
      brought,
      leftOut,
      pending,
      conflicts,
    }: Readonly<Record<'brought' | 'leftOut' | 'pending' | 'conflicts', number>>,
  ): void {
    if (this.#foreignSeenAt === undefined) this.#showForeignLag();
    this.#foreignSeenAt = at;
    this.#foreignLines.inc({ fate: 'brought' }, brought);
    this.#foreignLines.inc({ fate: 'left-out' }, leftOut);
    this.#foreignLines.inc({ fate: 'conflict' }, conflicts);
    this.#pendingLines.set(pending);
  }

  /** Grows while the accounting system is away, so that an alarm can be set on it. */
  #showForeignLag(): void {
    const lag = new client.Gauge({
      name: 'kabinet_accounting_lag_seconds',
      help: 'How old what customers see of the accounting system may be: since the start of the last whole round',
      registers: [this.#registry],
      collect: () => {
        lag.set((Date.now() - (this.#foreignSeenAt ?? Date.now())) / 1_000);
      },
    });
  }

  curb(held: Pick<Curb, 'share'> | undefined): void {
    this.#curb.set({ lane: 'hi' }, held?.share ?? 1);
    this.#curb.set({ lane: 'lo' }, held === undefined ? 1 : 0);
  }

  /** Serves `/metrics` in Prometheus' text form. */
  readonly serve: RequestListener = (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    this.#registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': this.#registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  };
}
