import { randomUUID } from 'node:crypto';
import { readFilter } from './filter.ts';

export type Row = Readonly<Record<string, unknown>>;

/** How the infobase answers a call: a status and what is in the body. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const ok = (body: unknown, status = 200): Answer => ({ status, body });
/** A refusal as the platform words it. */
export const refusal = (status: number, code: string, value: string): Answer => ({
  status,
  body: { 'odata.error': { code, message: { lang: 'ru', value } } },
});

/** An infobase in memory: what is published of it, its rows, and the rules of posting a document. */
export class Infobase {
  /** Entity sets that are ticked for the REST interface. */
  readonly sets = new Map<string, Row[]>();
  /** Answers of virtual tables, by what stands before the bracket. */
  readonly functions = new Map<string, readonly Row[]>();
  /** Refuses to post, with this sentence. */
  rule: string | undefined;

  publish(set: string, rows: readonly Row[] = []): void {
    this.sets.set(
      set,
      rows.map((row) => complete(row)),
    );
  }

  read(path: string, options: ReadonlyMap<string, string>): Answer {
    const [name = ''] = path.split('(', 1);
    const computed = this.functions.get(name);
    if (path.endsWith(')') && computed !== undefined) return ok({ value: computed });
    const rows = this.sets.get(path);
    if (rows === undefined) return notPublished(path);
    const filter = options.get('$filter');
    const fits = filter === undefined ? () => true : readFilter(filter);
    if (fits === undefined)
      return refusal(400, '14', `Ошибка разбора опции запроса "${filter ?? ''}"`);
    const [field = 'Ref_Key'] = (options.get('$orderby') ?? '').split(' ');
    const found = rows.filter(fits);
    const ordered = options.has('$orderby')
      ? found.toSorted((a, b) => (String(a[field]) < String(b[field]) ? -1 : 1))
      : found;
    const skip = Number(options.get('$skip') ?? 0);
    const top = Number(options.get('$top') ?? ordered.length);
    const chosen = options.get('$select')?.split(',');
    const page = ordered.slice(skip, skip + top);
    return ok({ value: chosen === undefined ? page : page.map((row) => only(row, chosen)) });
  }

  create(set: string, values: Row): Answer {
    const rows = this.sets.get(set);
    if (rows === undefined) return notPublished(set);
    const row = complete(values);
    if (rows.some((other) => other['Ref_Key'] === row['Ref_Key'])) {
      return refusal(500, '0', 'Запись с такими ключевыми полями существует!');
    }
    rows.push(row);
    return ok(row, 201);
  }

  /** Posts a document: it is there from then on, and has another version. */
  post(set: string, ref: string, version: string | undefined): Answer {
    const rows = this.sets.get(set);
    if (rows === undefined) return notPublished(set);
    const at = rows.findIndex((row) => row['Ref_Key'] === ref);
    const row = rows[at];
    if (row === undefined) return refusal(404, '9', 'Экземпляр сущности не найден');
    if (version !== undefined && version !== row['DataVersion']) {
      return refusal(412, '7', 'Версия объекта не совпадает');
    }
    if (this.rule !== undefined) return refusal(500, '0', this.rule);
    rows[at] = { ...row, Posted: true, DataVersion: nextVersion() };
    return ok(undefined);
  }

  /** Somebody else changes a row. */
  change(set: string, ref: string, values: Row): void {
    const rows = this.sets.get(set) ?? [];
    const at = rows.findIndex((row) => row['Ref_Key'] === ref);
    rows[at] = { ...rows[at], ...values, DataVersion: nextVersion() };
  }
}

const notPublished = (set: string): Answer => refusal(404, '8', `Сущность "${set}" не найдена`);

let versions = 0;
/** Eight bytes that grow, as base64. */
function nextVersion(): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt((versions += 1)));
  return bytes.toString('base64');
}

const complete = (row: Row): Row => ({
  ...{ Ref_Key: randomUUID(), DeletionMark: false, Posted: false },
  ...row,
  DataVersion: nextVersion(),
});
const only = (row: Row, fields: readonly string[]): Row =>
  Object.fromEntries(fields.map((field) => [field, row[field]]));
