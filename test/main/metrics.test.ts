import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Metrics } from '../../src/main/metrics.ts';
import { instant } from '../../src/domain/time.ts';

const shown = async (metrics: Metrics): Promise<string> =>
  new Promise((resolve) => {
    const response = { writeHead: () => response, end: resolve };
    metrics.serve({ url: '/metrics' } as IncomingMessage, response as unknown as ServerResponse);
  });

describe('Metrics of lines that others posted', () => {
  it('are silent where there is no such system', async () => {
    assert.doesNotMatch(await shown(new Metrics()), /kabinet_accounting_lag_seconds/);
  });

  it('count by fate, and show a lag that grows until the next round', async () => {
    const metrics = new Metrics();
    const counts = { brought: 3, leftOut: 1, pending: 2, conflicts: 0 };
    metrics.foreignRound(instant(Date.now() - 7_000), counts);
    metrics.foreignRound(instant(Date.now() - 5_000), { ...counts, pending: 0 });

    const text = await shown(metrics);

    assert.match(text, /kabinet_accounting_lines_total\{fate="brought"\} 6/);
    assert.match(text, /kabinet_accounting_lines_total\{fate="left-out"\} 2/);
    assert.match(text, /kabinet_accounting_lines_pending 0/);
    const lag = Number(/kabinet_accounting_lag_seconds ([\d.]+)/.exec(text)?.[1]);
    assert.ok(lag >= 5 && lag < 7, String(lag));
  });
});
