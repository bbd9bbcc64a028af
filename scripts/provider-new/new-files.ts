import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { providerNames, WrongName, type ProviderNames } from './names.ts';

/** A file to be written; `path` is relative to the checkout. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

// A provider that compiles and is checked where it stands; its folders are those of the checkout.
const root = 'scripts/provider-new/template';
const template = providerNames('template-pay');
const spellings = ['kebab', 'camel', 'pascal', 'screaming', 'title'] as const;
const oldSpelling = new RegExp(spellings.map((each) => template[each]).join('|'), 'g');

/** The template's files as those of another provider; throws WrongName when its name means something else in them. */
export async function newFiles(home: string, names: ProviderNames): Promise<NewFile[]> {
  const found = globSync('**/*.{ts,md}', { cwd: join(home, root) }).toSorted();
  return Promise.all(
    found.map(async (from) => {
      const text = readFileSync(join(home, root, from), 'utf8');
      if (from.endsWith('.ts') && names.word.test(text)) {
        throw new WrongName(`the name "${names.kebab}" already means something in ${root}/${from}`);
      }
      const path = renamed(from, names);
      return { path, text: await formatted(join(home, path), renamed(moved(text, from), names)) };
    }),
  );
}

/** The text in the form of the project: other names make other lines long. */
export async function formatted(path: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

// In one go, so that no part of the new name is taken for the old one.
const renamed = (text: string, names: ProviderNames): string =>
  text.replace(oldSpelling, (found) => {
    const spelling = spellings.find((each) => template[each] === found);
    return spelling === undefined ? found : names[spelling];
  });

/** Turns what a file imports from outside the template to where it will stand. */
function moved(text: string, from: string): string {
  return text.replace(/(?<=from ')\.[^']+(?=')/g, (specifier) => {
    const meant = posix.join(root, posix.dirname(from), specifier).replace(`${root}/`, '');
    const path = posix.relative(posix.dirname(from), meant);
    return path.startsWith('.') ? path : `./${path}`;
  });
}
