// `npm run provider:new -- <name>`: everything a new payment provider needs, from a template that passes the kit.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { insertionsFor, inserted } from './provider-new/insertions.ts';
import { providerNames, WrongName, type ProviderNames } from './provider-new/names.ts';
import { formatted, newFiles, type NewFile } from './provider-new/new-files.ts';

const help = `Usage: npm run provider:new -- NAME

Makes a payment provider that works as it stands and adds it to the portal: adapter, simulator, system of the
conformance kit, first test, settings, method. CONTRIBUTING.md shows how to make another provider of it.

  NAME      small letters and digits, words joined by hyphens: kopeck, north-bank
  --help    this text

Nothing is overwritten. Exit code: 0 made, 1 made but for lines that have to be added by hand, 2 refused, nothing written.`;

const home = join(import.meta.dirname, '..');

const textOf = (path: string): string =>
  existsSync(join(home, path)) ? readFileSync(join(home, path), 'utf8') : '';

/** The files to write; throws WrongName when one of them is there already. */
async function plan(names: ProviderNames): Promise<NewFile[]> {
  for (const folder of ['src/adapters/payment', 'src/adapters/simulators']) {
    const taken = `${folder}/${names.kebab}`;
    if (existsSync(join(home, taken))) {
      throw new WrongName(`the name "${names.kebab}" is taken: ${taken} exists`);
    }
  }
  const files = await newFiles(home, names);
  const there = files.filter(({ path }) => existsSync(join(home, path))).map(({ path }) => path);
  if (there.length > 0) throw new WrongName(`never overwritten, and there: ${there.join(', ')}`);
  for (const file of new Set(insertionsFor(names).map((each) => each.file))) {
    if (names.word.test(textOf(file))) {
      throw new WrongName(`the name "${names.kebab}" already means something in ${file}`);
    }
  }
  return files;
}

/** Adds the lines to the lists of providers; answers what found no place. */
async function addToLists(names: ProviderNames): Promise<string[]> {
  const lost: string[] = [];
  for (const { file, place, lines } of insertionsFor(names)) {
    const path = join(home, file);
    const text = inserted(textOf(file), place, lines);
    if (text === undefined) {
      lost.push(`could not find the place in ${file}; add this line by hand:\n${lines}`);
    } else writeFileSync(path, await formatted(path, text));
  }
  return lost;
}

function nextSteps({ kebab, screaming }: ProviderNames): string {
  return `Next:
  1. See the kit green:
     KIT_PROVIDER=${kebab} npx mocha --no-config --timeout 20000 test/contracts/payment-provider/conformance.test.ts
  2. Write down the facts of your provider: src/adapters/payment/${kebab}/README.md
  3. Make the stand-in speak as it does: src/adapters/simulators/${kebab}. The kit turns red.
  4. Translate that: ${kebab}-wire.ts and ${kebab}-signature.ts, then ${kebab}-calls.ts. The kit turns green.
  5. Say what its protocol has: traits in test/contracts/payment-provider/systems/${kebab}.ts
  6. Name the method and its limits in src/main/payment-methods.ts, and see it: npm start
In production: ${screaming}_API_URL, ${screaming}_SECRET_KEYS, ${screaming}_MODE. CONTRIBUTING.md has all of it by an example.`;
}

async function make(text: string): Promise<number> {
  const names = providerNames(text);
  const files = await plan(names);
  for (const { path, text: content } of files) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), content, { flag: 'wx' });
  }
  const lost = await addToLists(names);
  const lists = [...new Set(insertionsFor(names).map(({ file }) => file))];
  const list = (paths: readonly string[]) => paths.map((path) => `  ${path}`).join('\n');
  console.log(
    `Wrote\n${list(files.map(({ path }) => path))}\nand added lines to\n${list(lists)}\n`,
  );
  for (const sentence of lost) console.error(`provider:new: ${sentence}`);
  console.log(nextSteps(names));
  return lost.length === 0 ? 0 : 1;
}

try {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (values.help) console.log(help);
  else if (positionals.length !== 1) throw new WrongName('give one name; --help says more');
  else process.exitCode = await make(positionals[0] ?? '');
} catch (error) {
  const isUsage = error instanceof WrongName || (error instanceof TypeError && 'code' in error);
  if (!isUsage) throw error;
  console.error(`provider:new: ${error.message}`);
  process.exitCode = 2;
}
