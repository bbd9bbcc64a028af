/** The spellings of one provider's name. */
export interface ProviderNames {
  /** `north-bank`: its code, its folders, its address for notifications. */
  readonly kebab: string;
  /** `northBank` */
  readonly camel: string;
  /** `NorthBank` */
  readonly pascal: string;
  /** `NORTH_BANK`: its settings. */
  readonly screaming: string;
  /** `North Bank`, for people. */
  readonly title: string;
  /** Any of them in a text. */
  readonly word: RegExp;
}

/** A name that cannot be used; the message is a sentence. */
export class WrongName extends Error {
  override readonly name = 'WrongName';
}

const longest = 30;
const reserved: readonly string[] = (
  'arguments async await break case catch class const continue debugger default delete do else enum eval export ' +
  'extends false finally for function if implements import in instanceof interface let new null package private ' +
  'protected public return static super switch this throw true try typeof undefined var void while with yield'
).split(' ');

/** Reads a name; throws WrongName. */
export function providerNames(kebab: string): ProviderNames {
  const quoted = JSON.stringify(kebab);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kebab)) {
    throw new WrongName(`${quoted} is no name: small letters and digits, words joined by hyphens`);
  }
  if (kebab.length > longest) {
    throw new WrongName(`${quoted} is longer than ${String(longest)} characters`);
  }
  const words = kebab.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const pascal = words.join('');
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  if (reserved.includes(camel)) throw new WrongName(`${quoted} is a reserved word of JavaScript`);
  const screaming = kebab.replaceAll('-', '_').toUpperCase();
  const word = new RegExp(`(?<![\\w-])(${kebab}|${camel}|${pascal})(?![\\w-])|\\b${screaming}_`);
  return { kebab, camel, pascal, screaming, title: words.join(' '), word };
}
