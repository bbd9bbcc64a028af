import type { Currency } from '../../domain/currency.ts';
import { numberFormat } from './xlsx-values.ts';

/** Places in `cellXfs` below. */
export const styles = {
  ...{ plain: 0, heading: 1, numericHeading: 2 },
  ...{ text: 3, day: 4, sum: 5, longSum: 6 },
} as const;

const prolog = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Everything of a workbook but its sheets, by the names of the parts. */
export function workbookParts(
  sheets: number,
  name: string,
  currency: Currency,
): readonly (readonly [string, string])[] {
  const numbers = Array.from({ length: sheets }, (_, n) => String(n + 1));
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${relationships}/${type}" Target="${target}"/>`;
  const related = (all: readonly string[]): string =>
    `${prolog}<Relationships xmlns="${packaged}/relationships">${all.join('')}</Relationships>`;
  return [
    ['xl/styles.xml', stylesXml(currency)],
    ['xl/workbook.xml', workbookXml(numbers, name)],
    [
      'xl/_rels/workbook.xml.rels',
      related([
        ...numbers.map((n) => relation(`sheet${n}`, 'worksheet', `worksheets/sheet${n}.xml`)),
        relation('styles', 'styles', 'styles.xml'),
      ]),
    ],
    ['_rels/.rels', related([relation('workbook', 'officeDocument', 'xl/workbook.xml')])],
    ['[Content_Types].xml', contentTypes(numbers)],
  ];
}

function workbookXml(numbers: readonly string[], name: string): string {
  const sheets = numbers.map(
    (n) => `<sheet name="${n === '1' ? name : `${name} ${n}`}" sheetId="${n}" r:id="sheet${n}"/>`,
  );
  return `${prolog}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

function contentTypes(numbers: readonly string[]): string {
  const typed = (part: string, type: string): string =>
    `<Override PartName="/xl/${part}.xml" ContentType="${contentType}.${type}+xml"/>`;
  return (
    `${prolog}<Types xmlns="${packaged}/content-types">` +
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>` +
    typed('workbook', 'sheet.main') +
    typed('styles', 'styles') +
    numbers.map((n) => typed(`worksheets/sheet${n}`, 'worksheet')).join('') +
    '</Types>'
  );
}

/** Formats of our own are counted from 164; 49 is text, which stays text when somebody types over it. */
const [ownDay, ownSum, text] = ['164', '165', '49'];

function stylesXml(currency: Currency): string {
  const format = (id: string, code: string): string =>
    `<numFmt numFmtId="${id}" formatCode="${code}"/>`;
  const cell = (numberId: string, font = '0', rest = '/>'): string =>
    `<xf numFmtId="${numberId}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"${rest}`;
  const right = ' applyAlignment="1"><alignment horizontal="right"/></xf>';
  const font = (bold: string): string => `<font>${bold}<sz val="11"/><name val="Calibri"/></font>`;
  return (
    `${prolog}<styleSheet xmlns="${main}">` +
    `<numFmts count="2">${format(ownDay, 'yyyy\\-mm\\-dd')}${format(ownSum, numberFormat(currency))}</numFmts>` +
    `<fonts count="2">${font('')}${font('<b/>')}</fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="7">${[
      cell('0'),
      cell('0', '1'),
      cell('0', '1', right),
      cell(text),
      cell(ownDay),
      cell(ownSum),
      cell(text, '0', right),
    ].join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}
