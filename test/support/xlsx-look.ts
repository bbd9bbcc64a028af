import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** A cell as the file has it: its type, its style's format of numbers, and its text before anybody rounds it. */
export interface LookedCell {
  readonly type: string;
  readonly format: string;
  readonly text: string;
}
interface Element {
  readonly [name: string]: unknown;
}

/** Takes an XLSX apart with Info-ZIP and a parser of XML, by the format's rules and not by its writer's. */
export const withXlsx = <Answer>(bytes: Uint8Array, look: (file: XlsxLook) => Answer): Answer => {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-look-'));
  try {
    const path = join(folder, 'file.xlsx');
    writeFileSync(path, bytes);
    return look(xlsxLook(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const parser = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false },
  ...{ parseAttributeValue: false, trimValues: false, removeNSPrefix: true },
  isArray: (name) =>
    ['Relationship', 'sheet', 'row', 'c', 'xf', 'numFmt', 'Override'].includes(name),
  htmlEntities: true,
});
const list = (value: unknown): readonly Element[] => (value ?? []) as readonly Element[];
const under = (element: Element, ...way: readonly string[]): Element =>
  way.reduce<Element>((here, name) => (here[name] ?? {}) as Element, element);
const textOf = (value: unknown): string =>
  typeof value === 'object' ? textOf((value as Element)['#text']) : ((value ?? '') as string);

export type XlsxLook = ReturnType<typeof xlsxLook>;
function xlsxLook(path: string) {
  const part = (name: string): string =>
    execFileSync('unzip', ['-p', path, name.replaceAll(/[[\]]/g, '\\$&')], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
  const xml = (name: string): Element => parser.parse(part(name)) as Element;
  const styles = under(xml('xl/styles.xml'), 'styleSheet');
  const own = new Map(
    list(under(styles, 'numFmts')['numFmt']).map((one) => [one['@numFmtId'], one['@formatCode']]),
  );
  const formats = list(under(styles, 'cellXfs')['xf']).map(({ '@numFmtId': id }) =>
    String(own.get(id) ?? id),
  );
  const targets = new Map(
    list(under(xml('xl/_rels/workbook.xml.rels'), 'Relationships')['Relationship']).map((one) => [
      one['@Id'],
      `xl/${String(one['@Target'])}`,
    ]),
  );
  const sheets = list(under(xml('xl/workbook.xml'), 'workbook', 'sheets')['sheet']).map((one) => ({
    name: String(one['@name']),
    part: String(targets.get(one['@id'])),
  }));
  const cellsOf = (row: Element): readonly (LookedCell | undefined)[] => {
    const cells: (LookedCell | undefined)[] = [];
    for (const cell of list(row['c'])) {
      const letter = /^([A-Z])(\d+)$/.exec(String(cell['@r']));
      if (letter === null || letter[2] !== row['@r'])
        throw new Error(`${String(cell['@r'])} is in another row`);
      const type = textOf(cell['@t'] ?? 'n');
      const text = textOf(type === 'inlineStr' ? under(cell, 'is')['t'] : cell['v']);
      const format = formats[Number(cell['@s'] ?? 0)] ?? '';
      cells[(letter[1] ?? 'A').charCodeAt(0) - 65] = { type, format, text };
    }
    return cells;
  };
  return {
    path,
    part,
    sheets,
    rows: (sheet = 0) =>
      list(under(xml(sheets[sheet]?.part ?? ''), 'worksheet', 'sheetData')['row']).map(cellsOf),
    /** What `unzip -t` says; it throws where the archive is not whole. */
    test: (): string => execFileSync('unzip', ['-t', path], { encoding: 'utf8' }),
  };
}
