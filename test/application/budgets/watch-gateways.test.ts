import assert from 'node:assert/strict';
import { silentMs, watchGateways } from '../../../src/application/budgets/watch-gateways.ts';
import { instant } from '../../../src/domain/time.ts';

const at = (ms: number) => instant(1e9 + ms);

describe('WatchGateways', () => {
  it('names a gateway once that has fallen silent, until it is heard again', () => {
    const watch = watchGateways(at(0));
    watch.heard('gateway-1', at(0));
    watch.heard('gateway-2', at(20_000));

    assert.deepEqual(watch.silent(at(silentMs - 1)), []);
    assert.deepEqual(watch.silent(at(silentMs)), ['gateway-1']);
    assert.deepEqual(watch.silent(at(silentMs + 1)), []);
    watch.heard('gateway-1', at(silentMs + 2));
    assert.deepEqual(watch.silent(at(2 * silentMs + 2)), ['gateway-1', 'gateway-2']);
  });

  it('names it when none was ever heard', () => {
    const watch = watchGateways(at(0));

    assert.deepEqual(watch.silent(at(silentMs)), ['any']);
    watch.heard('gateway-1', at(silentMs));
    assert.deepEqual(watch.silent(at(silentMs + 1)), []);
  });
});
