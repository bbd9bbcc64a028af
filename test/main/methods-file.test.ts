import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { methodsFromFile } from '../../src/main/methods-file.ts';
import { money } from '../../src/domain/money.ts';
import '../support/fc-runs.ts';

const title = { ru: 'Карта', en: 'Card' };
const route = { provider: 'stripe', currency: 'RUB', min: '50.00', max: '300000' };
const card = { code: 'bank-card', title, routes: [route] };
const transfer = {
  ...{ code: 'transfer', title: { ru: 'Перевод', en: 'Transfer' }, marks: ['sbp'] },
  ...{ speed: 'days', fee: { percent: '0.8' }, canBeSaved: true },
  off: { ru: 'Скоро', en: 'Soon' },
  routes: [
    { ...route, provider: 'yookassa', as: 'sbp', holds: true },
    { ...route, provider: 'webmoney', rate: { to: 'USD', value: '0.0125' } },
    { ...route, currency: 'JPY', min: '100', max: '500000' },
  ],
};

describe('A file of payment methods', () => {
  let folder: string;
  let path: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-methods-'));
    path = join(folder, 'methods.json');
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const read = (content: unknown) => {
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return methodsFromFile(path);
  };
  /** One sentence with the file, the place and what is wrong there. */
  const refuses = (content: unknown, ...parts: readonly string[]) => {
    assert.throws(
      () => read(content),
      ({ message }: Error) => {
        for (const part of [path, ...parts]) assert.ok(message.includes(part), message);
        assert.doesNotMatch(message, /\n|\.$/);
        return true;
      },
    );
  };
  const withRoute = (change: object) => [{ ...card, routes: [route, { ...route, ...change }] }];

  it('gives the methods in its order, with what is usual where nothing is said', () => {
    const [first, second, ...more] = read([card, transfer]);

    assert.deepEqual(first, {
      ...{ code: 'bank-card', title, marks: [], speed: 'at-once' },
      routes: [{ provider: 'stripe', min: money(50_00n, 'RUB'), max: money(300_000_00n, 'RUB') }],
    });
    assert.deepEqual([second?.code, second?.speed, second?.marks], ['transfer', 'days', ['sbp']]);
    assert.deepEqual(second?.fee, { basisPoints: 80 });
    assert.equal(second?.canBeSaved, true);
    assert.deepEqual(second.off, { ru: 'Скоро', en: 'Soon' });
    assert.deepEqual(more, []);
  });

  it('gives routes with the provider’s own name, holds, rates and sums of each currency', () => {
    const [{ routes } = assert.fail()] = read([transfer]);

    const sums = { min: money(50_00n, 'RUB'), max: money(300_000_00n, 'RUB') };
    const rate = { from: 'RUB', to: 'USD', numerator: 125n, denominator: 10_000n };
    assert.deepEqual(routes, [
      { provider: 'yookassa', ...sums, as: 'sbp', holds: true },
      { provider: 'webmoney', ...sums, rate },
      { provider: 'stripe', min: money(100n, 'JPY'), max: money(500_000n, 'JPY') },
    ]);
  });

  it('gives a fee of any percent to the hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999 }), fc.boolean(), (points, isShort) => {
        const fraction = String(points % 100).padStart(2, '0');
        const text = `${String(Math.floor(points / 100))}.${fraction}`;
        const percent = isShort ? text.replace(/\.?0+$/, '') : text;

        const [method] = read([{ ...card, fee: { percent } }]);

        assert.deepEqual(method?.fee, { basisPoints: points });
      }),
      { numRuns: 50 },
    );
  });

  it('that is not there or no JSON is told of in a sentence', () => {
    const none = join(folder, 'none.json');
    assert.throws(
      () => methodsFromFile(none),
      new Error(`${none} cannot be read: it is not there`),
    );
    assert.throws(
      () => methodsFromFile(folder),
      new Error(`${folder} cannot be read: it is a folder`),
    );
    refuses('[{', 'is no JSON');
    refuses('', 'is no JSON');
  });

  it('that lists no method is refused', () => {
    refuses([], 'the file');
    refuses({ methods: [card] }, 'the file');
    refuses('null', 'the file');
  });

  const wrong: readonly (readonly [what: string, content: unknown, ...parts: string[]])[] = [
    ['a method without a code', [{ ...card, code: undefined }], '0.code'],
    ['a code with other letters', [card, { ...card, code: 'Bank card' }], '1.code'],
    ['a title in one language', [{ ...card, title: { ru: 'Карта' } }], '0.title.en'],
    ['an empty title', [{ ...card, title: { ...title, ru: '' } }], '0.title.ru'],
    ['a word nobody knows', [{ ...card, colour: 'red' }], 'colour'],
    ['a speed nobody knows', [{ ...card, speed: 'slow' }], '0.speed'],
    ['marks that are no list', [{ ...card, marks: 'visa' }], '0.marks'],
    ['a fee in words', [{ ...card, fee: { percent: 'much' } }], '0.fee.percent'],
    ['a fee below zero', [{ ...card, fee: { percent: '-1' } }], '0.fee.percent'],
    ['a fee of a hundred percent', [{ ...card, fee: { percent: '100' } }], '0.fee.percent'],
    ['a fee finer than a hundredth', [{ ...card, fee: { percent: '0.125' } }], '0.fee.percent'],
    ['a fee that is a number', [{ ...card, fee: { percent: 1 } }], '0.fee.percent'],
    ['a method without routes', [{ ...card, routes: [] }], '0.routes'],
    ['a route without a provider', withRoute({ provider: undefined }), '0.routes.1.provider'],
    ['a route to an empty name', withRoute({ provider: '' }), '0.routes.1.provider'],
    [
      'a currency nobody takes',
      withRoute({ currency: 'GBP' }),
      '0.routes.1.currency',
      'no currency',
    ],
    ['a sum that is a number', withRoute({ min: 50 }), '0.routes.1.min'],
    ['a route without its most', withRoute({ max: undefined }), '0.routes.1.max'],
    ['a least sum in words', withRoute({ min: '50,00' }), 'min of bank-card', '50,00', 'RUB'],
    ['more digits than the currency has', withRoute({ max: '1.005' }), 'max of bank-card', '1.005'],
    ['a fraction of a yen', withRoute({ currency: 'JPY', min: '1.50' }), 'min of bank-card', 'JPY'],
    ['a rate into a currency nobody takes', rated('XYZ', '1'), '0.routes.0.rate.to'],
    ['a rate in words', rated('USD', 'much'), 'rate of bank-card', 'much'],
    ['a rate of nothing', rated('USD', '0'), 'rate of bank-card'],
    ['a rate below zero', rated('USD', '-0.5'), 'rate of bank-card', '-0.5'],
    ['a provider nobody has', withRoute({ provider: 'paypal' }), '0.routes.1.provider'],
    ['a least sum above the most', withRoute({ min: '2.00', max: '1.99' }), 'min of bank-card'],
    ['a least sum of nothing', withRoute({ min: '0.00' }), 'min of bank-card'],
    ['a least sum below zero', withRoute({ min: '-1.00' }), 'min of bank-card'],
    ['a method that is there twice', [card, card], 'bank-card is there twice'],
    ['a hold in words', withRoute({ holds: 'yes' }), '0.routes.1.holds'],
  ];
  for (const [what, content, ...parts] of wrong) {
    it(`with ${what} is refused with its place`, () => {
      refuses(content, ...parts);
    });
  }

  it('that holds a secret by mistake does not have it repeated', () => {
    const secret = 'sk_live_51Hq8example';
    for (const content of [
      `{"STRIPE_SECRET_KEY": "${secret}"}`,
      `STRIPE_SECRET_KEY=${secret}`,
      JSON.stringify([{ ...card, secretKey: secret }]),
      JSON.stringify(withRoute({ provider: 'stripe', secretKey: secret })),
      JSON.stringify([{ ...card, code: secret }]),
    ]) {
      assert.throws(
        () => read(content),
        ({ message }: Error) => {
          assert.ok(!message.includes(secret), message);
          return true;
        },
      );
    }
  });
});

function rated(to: string, value: string) {
  return [{ ...card, routes: [{ ...route, rate: { to, value } }] }];
}
