import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { FileRefused, type RawRow, type RowSource } from '../../application/ports/company-books.ts';
import { companyColumns, type CompanyFile } from '../../domain/company-file.ts';
import { utf8Only } from './utf8-gate.ts';

const rowsPerBatch = 500;
/** A row longer than this is a forgotten quotation mark, not a row. */
const longestRowBytes = 64 * 1024;

interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
  /** `lines`: the line the record ends on. */
  readonly info: { readonly lines: number };
}

/**
 * A company's file as CSV (RFC 4180, UTF-8 with or without its mark): a header row with exactly the known columns, in
 * any order. Throws FileRefused for what is not that. `onBytes` hears how much of the file has been read.
 */
export const companyCsv = (
  file: CompanyFile,
  path: string,
  onBytes: (bytes: number) => void = () => undefined,
): RowSource => {
  const name = basename(path);
  return { name, rows: () => readRows(file, path, name, onBytes) };
};

async function* readRows(
  file: CompanyFile,
  path: string,
  name: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<readonly RawRow[]> {
  let places: readonly number[] | undefined;
  let batch: RawRow[] = [];
  try {
    for await (const { record, raw, info } of parsed(path, name, onBytes)) {
      if (places === undefined) {
        places = placesOfColumns(file, name, record);
        continue;
      }
      const text = raw.trim();
      const line = info.lines - breaksIn(text);
      batch.push({ line, cells: inOrder(record, places), text });
      if (batch.length === rowsPerBatch) {
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    throw explain(error, name);
  }
  if (places === undefined) throw new FileRefused(`${name} is empty: it needs a header row`);
  if (batch.length > 0) yield batch;
}

function parsed(
  path: string,
  name: string,
  onBytes: (bytes: number) => void,
): AsyncIterable<Parsed> {
  const parser = parse({
    bom: true,
    raw: true,
    info: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRowBytes,
  });
  const bytes = counted(createReadStream(path, { highWaterMark: 256 * 1024 }), onBytes);
  // An error reaches whoever reads the parser.
  pipeline(Readable.from(utf8Only(bytes, name), { objectMode: false }), parser, () => undefined);
  return parser as AsyncIterable<Parsed>;
}

async function* counted(
  chunks: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** For each column of ours, where it stands in the file. */
function placesOfColumns(
  file: CompanyFile,
  name: string,
  header: readonly string[],
): readonly number[] {
  const known: readonly string[] = companyColumns[file];
  const unknown = header.filter((column) => !known.includes(column));
  const missing = known.filter((column) => !header.includes(column));
  const doubled = header.filter((column, at) => header.indexOf(column) !== at);
  const faults = [
    ...unknown.map((column) => `unknown column "${column}"`),
    ...missing.map((column) => `missing column "${column}"`),
    ...doubled.map((column) => `column "${column}" twice`),
  ];
  if (faults.length > 0) {
    throw new FileRefused(`${name} has ${faults.join(', ')}; expected: ${known.join(',')}`);
  }
  return known.map((column) => header.indexOf(column));
}

/** A row with more or fewer cells stays as it is: the rules of the row refuse it. */
const inOrder = (record: readonly string[], places: readonly number[]): readonly string[] =>
  record.length === places.length ? places.map((place) => record[place] ?? '') : record;

function breaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function explain(error: unknown, name: string): unknown {
  if (error instanceof CsvError) return new FileRefused(`${name} is no CSV: ${error.message}`);
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return new FileRefused(`there is no file ${name}`);
  }
  return error;
}
