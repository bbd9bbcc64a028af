import assert from 'node:assert/strict';
import { listDeskMethods } from '../../../src/application/staff/list-desk-methods.ts';
import { range } from '../../../src/domain/payment-limits.ts';
import { card } from '../../support/given-paying.ts';
import { ScriptedProvider } from '../../support/scripted-provider.ts';

const route = (provider: string) => ({ provider, ...range('RUB', 1n, 100n) });
const off = { ru: 'закрыт', en: 'closed' };

describe('the methods staff see', () => {
  it('are all that are configured, each with why a payer is not offered it', () => {
    const methods = [
      { ...card, code: 'both', routes: [route('alpha'), route('beta')] },
      { ...card, code: 'unserved', routes: [route('beta')] },
      { ...card, code: 'closed', routes: [route('alpha')], off },
    ];
    const seen = (isAvailable: boolean) =>
      listDeskMethods(methods, [new ScriptedProvider()], () => isAvailable)().map(
        ({ method, state, routes }) => [
          method.code,
          state,
          ...routes.map(({ provides }) => provides),
        ],
      );

    assert.deepEqual(seen(true), [
      ['both', 'on', 'answers', 'off'],
      ['unserved', 'no-provider', 'off'],
      ['closed', 'off', 'answers'],
    ]);
    assert.deepEqual(seen(false)[0], ['both', 'on', 'rests', 'off']);
  });
});
