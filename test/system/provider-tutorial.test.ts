import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inserted } from '../../scripts/provider-new/insertions.ts';
import { providerNames } from '../../scripts/provider-new/names.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import { copyOfCheckout, stepsOf, type CheckoutCopy } from '../support/tutorial.ts';

const tutorial = readFileSync(join(import.meta.dirname, '../../CONTRIBUTING.md'), 'utf8');
const { commands, edits } = stepsOf(tutorial);
const [make = '', kit = '', firstTest = '', start = ''] = commands;

/** The type check of what is new and of the lists it is in; `npm test` checks everything else. */
const types = {
  extends: './tsconfig.json',
  include: [
    ...['src/main/provider-adapters.ts', 'src/main/payment-methods.ts'],
    ...['src/main/payment-settings.ts', 'src/main/payment-simulators.ts'],
    ...['src/adapters/simulators/payment-simulators.ts', 'src/adapters/simulators/kopeck'],
    ...['src/adapters/payment/kopeck', 'test/contracts/payment-provider/systems'],
    ...['test/contracts/payment-provider/every-system.ts', 'test/adapters/payment/kopeck'],
  ],
};

describe('The tutorial of CONTRIBUTING.md', function () {
  this.timeout(120_000);
  let copy: CheckoutCopy;
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase('tutorial');
    copy = copyOfCheckout({ KABINET_TEST_POSTGRES: database.url });
  });
  after(async () => {
    copy.remove();
    await database.drop();
  });

  const everyFile = (): string => {
    const hash = createHash('sha256');
    for (const path of globSync('{src,test,scripts}/**/*.*', { cwd: copy.folder }).toSorted()) {
      hash.update(path).update(readFileSync(join(copy.folder, path)));
    }
    return hash.digest('hex');
  };
  const theirs = (path: string) => import(pathToFileURL(join(copy.folder, path)).href);
  /** The numbers of the red cases, by the kit's table. */
  const redIn = (output: string): number[] =>
    [...output.matchAll(/^(\d+) +✗/gm)].map(([, no]) => Number(no));

  it('makes a provider that passes the kit as it stands', async () => {
    const { code: helped, output: help } = await copy.run('npm run provider:new -- --help');
    assert.equal(helped, 0);
    assert.match(help, /^Usage: npm run provider:new -- NAME\n/);
    const made = await copy.run(make);
    assert.equal(made.code, 0, made.output);
    assert.match(made.output, /Wrote\n {2}src[\s\S]*added lines to[\s\S]*Next:/);

    const { code, output } = await copy.run(kit);
    assert.equal(code, 0, output);
    assert.match(output, /^kopeck: \d{2} passed, 0 failed, \d+ not its business$/m);
  });

  it('is red from case 1 on while the states are not translated, and names that case', async () => {
    const states = edits.findIndex(({ diff }) => diff.includes("+  done: 'paid',"));
    for (const edit of edits.slice(0, states)) copy.edit(edit);

    const { code, output } = await copy.run(kit);
    assert.notEqual(code, 0);
    assert.ok(redIn(output).includes(1), output);
    assert.match(tutorial, /Case 1 is still red, and stays so without the next step/);
    for (const edit of edits.slice(states)) copy.edit(edit);
  });

  it('ends in a provider that passes the kit, its first test, the type check and the format', async () => {
    writeFileSync(join(copy.folder, 'tsconfig.new.json'), JSON.stringify(types));
    const written = types.include.join(' ');
    const [played, checked] = await Promise.all([
      copy.run(kit),
      copy.run(`tsc -p tsconfig.new.json && prettier --check ${written} && ${firstTest}`),
    ]);

    assert.equal(checked.code, 0, checked.output);
    assert.equal(played.code, 0, played.output);
    assert.deepEqual(redIn(played.output), []);
  });

  it('offers the method in the demo, and has its stand-in beside the others', async () => {
    assert.equal(start, 'npm start');
    const { readConfig } = await theirs('src/main/config.ts');
    const { enabledMethods } = await theirs('src/main/payment-methods.ts');
    const { paymentSimulatorSettings } = await theirs('src/main/payment-simulators.ts');
    const config = readConfig({});

    const method = enabledMethods(config.payments).find(
      ({ code }: { code: string }) => code === 'kopeck',
    );
    assert.equal(method?.title.ru, 'Кошелёк «Копейка»');
    assert.equal(method.routes[0].max.minor, 50_000_00n);
    assert.match(paymentSimulatorSettings(config).kopeck.notifyUrl, /\/notify\/kopeck$/);
  });

  it('needs a line of every state: without that of an expired payment case 57 is red', async () => {
    const path = 'src/adapters/payment/kopeck/kopeck-wire.ts';
    copy.edit({ path, diff: "-  late: 'expired',\n" });
    const { output } = await copy.run(`${kit} --grep ' (1|57)[.]'`);
    copy.edit({ path, diff: "   done: 'paid',\n+  late: 'expired',\n" });

    assert.match(output, /1 passing[^]*1 failing[^]* 57\. /);
    assert.match(tutorial, /one case would be red, 57/);
  });

  it('refuses names that cannot be, are taken or mean something else, and then writes nothing', async () => {
    const orphan = join(copy.folder, 'test/adapters/payment/rouble/rouble-wire.test.ts');
    mkdirSync(dirname(orphan), { recursive: true });
    writeFileSync(orphan, '');
    const before = everyFile();
    const told: Readonly<Record<string, RegExp>> = {
      [make]: /"kopeck" is taken: src\/adapters\/payment\/kopeck exists\n$/,
      'npm run provider:new -- Kopeck': /"Kopeck" is no name: small letters/,
      'npm run provider:new -- import': /"import" is a reserved word of JavaScript\n$/,
      'npm run provider:new -- sberpay': /"sberpay" already means something in src\/main/,
      'npm run provider:new -- rouble':
        /never overwritten, and there: test\/.*rouble-wire.test.ts\n$/,
      'npm run provider:new': /give one name/,
    };
    await Promise.all(
      Object.entries(told).map(async ([command, sentence]) => {
        const { code, output } = await copy.run(command);
        assert.equal(code, 2, output);
        assert.match(output, sentence);
        assert.equal(output.trim().split('\n').length, 1);
      }),
    );
    assert.equal(everyFile(), before);
    for (const name of ['', '1st', 'a_b', '-a', 'a-', 'a--b', '../a', 'a b', 'a'.repeat(31)]) {
      assert.throws(() => providerNames(name), { name: 'WrongName' });
    }
  });

  it('says which line to add by hand where a list is not what it was', async () => {
    const list = join(copy.folder, 'test/contracts/payment-provider/every-system.ts');
    const text = readFileSync(list, 'utf8');
    writeFileSync(list, text.replace('export const everySystem', 'export const systems'));
    const { code, output } = await copy.run('npm run provider:new -- north-bank');

    assert.equal(code, 1);
    const by =
      /not find the place in test\/.*every-system.ts; add this line by hand:\n +northBankSystem,/;
    assert.match(output, by);
    const place = { after: 'const list', before: '];' };
    assert.equal(inserted('const list = [\n];\nconst list2 = [\n];', place, 'x'), undefined);
    assert.equal(
      inserted('const list = [\n  1,\n];', place, '  2,'),
      'const list = [\n  1,\n  2,\n];',
    );
  });
});
