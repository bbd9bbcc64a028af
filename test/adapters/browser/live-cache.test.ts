import assert from 'node:assert/strict';
import type { OperationPageJson } from '../../../src/adapters/http/contract/account-json.ts';
import {
  newerAccount,
  readLiveOperation,
  readLivePaymentId,
  withAccount,
  withOperation,
  withOperationInPages,
} from '../../../src/adapters/browser/live/live-cache.ts';
import { givenAccount, givenOperation } from './given-live.ts';

const old = givenOperation({ id: 'old', postedAt: '2026-11-01T00:00:00Z' });
const middle = givenOperation({ id: 'middle', postedAt: '2026-11-05T00:00:00Z' });
const fresh = givenOperation({ id: 'fresh', postedAt: '2026-11-09T00:00:00Z' });
const ids = (page: OperationPageJson): string[] => page.items.map(({ id }) => id);

describe('a live operation', () => {
  it('takes its place by time, and only once', () => {
    const page = withOperation({ items: [middle, old] }, fresh);

    assert.deepEqual(ids(page), ['fresh', 'middle', 'old']);
    assert.deepEqual(ids(withOperation(page, fresh)), ['fresh', 'middle', 'old']);
    assert.deepEqual(ids(withOperation({ items: [fresh, old] }, middle)), [
      'fresh',
      'middle',
      'old',
    ]);
  });

  it('goes to the page its time belongs to, and waits if that page is not loaded', () => {
    const history = { pages: [{ items: [fresh], next: 'cursor' }], pageParams: [undefined] };

    assert.deepEqual(withOperationInPages(history, old).pages.map(ids), [['fresh']]);
    const whole = {
      pages: [...history.pages, { items: [middle] }],
      pageParams: [undefined, 'cursor'],
    };
    assert.deepEqual(withOperationInPages(whole, old).pages.map(ids), [
      ['fresh'],
      ['middle', 'old'],
    ]);
  });

  it('replaces what was known of it', () => {
    const corrected = { ...middle, description: 'Исправлено' };
    const history = { pages: [{ items: [fresh] }, { items: [middle] }], pageParams: [0, 1] };

    const [, second] = withOperationInPages(history, corrected).pages;

    assert.deepEqual(second?.items, [corrected]);
  });
});

describe('live figures of an account', () => {
  it('never go back in time', () => {
    const known = givenAccount('a', '2026-11-09T10:00:00Z', '5');
    const late = givenAccount('a', '2026-11-09T09:00:00Z', '3');

    assert.equal(newerAccount(known, late), known);
    assert.equal(newerAccount(late, known), known);
    assert.deepEqual(withAccount({ items: [late] }, known), { items: [known] });
  });
});

describe('reading live events', () => {
  it('takes only what is ours', () => {
    assert.equal(readLiveOperation('not json'), undefined);
    assert.equal(readLiveOperation('{"operation":{}}'), undefined);
    assert.equal(readLivePaymentId('{"paymentId":"p","state":"pending"}'), 'p');
    assert.equal(readLivePaymentId('null'), undefined);
  });
});
