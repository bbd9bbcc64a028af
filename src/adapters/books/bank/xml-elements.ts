import { SaxesParser } from 'saxes';
import { type BankFileMistake, BankFileRefused } from '../../../application/ports/bank-file.ts';

/** An element with its texts, as deep as it goes. Prefixes of namespaces are left out. */
export interface XmlElement {
  readonly name: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}
interface Growing extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** What is wrong with a document, by the name and the attributes of its root. */
export type RefuseRoot = (
  root: Pick<XmlElement, 'name' | 'attributes'>,
) => { readonly mistake: BankFileMistake; readonly what: string } | undefined;

/** Bounds of what is held at once; a bank's entry is far below them. */
const deepest = 32;
const mostChildren = 10_000;
const longestText = 10_000;

/**
 * Reads XML piece by piece. Gives each child of a container as soon as it ends, and a container without children when
 * it ends itself; so memory holds one child at a time. Document types are refused, so there are no entities but XML's
 * own. `refuseRoot` answers what is wrong with the document itself. Throws BankFileRefused with the line.
 */
export async function* xmlElements(
  chunks: AsyncIterable<Uint8Array>,
  containers: ReadonlySet<string>,
  refuseRoot: RefuseRoot,
): AsyncGenerator<XmlElement> {
  const growing = growingElements(containers, refuseRoot);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new BankFileRefused('unknown-encoding', growing.line(), 'the text is not UTF-8');
    }
  };
  for await (const chunk of chunks) {
    growing.write(decoded(chunk));
    yield* growing.take();
  }
  growing.write(decoded());
  growing.close();
  yield* growing.take();
}

const growingElements = (containers: ReadonlySet<string>, refuseRoot: RefuseRoot) => {
  const parser = new SaxesParser({ position: true });
  const open: Growing[] = [];
  let ended: XmlElement[] = [];
  const refuse = (what: string): never => {
    throw new BankFileRefused('not-this-format', parser.line, what);
  };
  parser.on('error', (error) => refuse(`no well-formed XML: ${error.message}`));
  parser.on('doctype', () => refuse('a document type is not allowed'));
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= deepest) refuse(`elements deeper than ${String(deepest)}`);
    const attributeTexts = Object.entries(attributes).map(([key, value]) => [key, String(value)]);
    const element: Growing = {
      name: name.slice(name.indexOf(':') + 1),
      line: parser.line,
      attributes: Object.fromEntries(attributeTexts) as Record<string, string>,
      children: [],
      text: '',
    };
    const refused = open.length === 0 ? refuseRoot(element) : undefined;
    if (refused !== undefined) {
      throw new BankFileRefused(refused.mistake, parser.line, refused.what);
    }
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element === undefined) return;
    element.text += text;
    if (element.text.length > longestText) refuse(`${element.name} holds too long a text`);
    if (containers.has(element.name)) element.text = '';
  });
  parser.on('closetag', () => {
    const element = open.pop();
    const parent = open.at(-1);
    if (element === undefined) return;
    if (containers.has(element.name) || (parent !== undefined && containers.has(parent.name))) {
      ended.push(element);
    } else if (parent !== undefined) {
      if (parent.children.length >= mostChildren) refuse(`${parent.name} holds too many elements`);
      parent.children.push(element);
    }
  });
  return {
    write: (text: string): void => void parser.write(text),
    close: (): void => void parser.close(),
    line: () => parser.line,
    take: (): XmlElement[] => {
      const taken = ended;
      ended = [];
      return taken;
    },
  };
};

/** The first element on a way of names. */
export const at = (
  element: XmlElement | undefined,
  ...way: readonly string[]
): XmlElement | undefined =>
  way.reduce<XmlElement | undefined>(
    (here, name) => here?.children.find((child) => child.name === name),
    element,
  );
export const textAt = (element: XmlElement | undefined, ...way: readonly string[]): string =>
  at(element, ...way)?.text.trim() ?? '';
