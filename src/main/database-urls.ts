import { join, resolve } from 'node:path';

/** The programs that keep a database of their own. */
export type DatabaseName = 'portal' | 'gateway' | 'books';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a program's database is: `PORTAL_DATABASE_URL` and its like win; otherwise `DATABASE_URL` with the program's
 * name added to the database's (`…/kabinet` gives `…/kabinet_portal`). Undefined when neither is set: then the
 * embedded server is used. Throws an Error of one sentence for an address that is none.
 */
export function databaseUrl(env: Environment, program: DatabaseName): string | undefined {
  const ownName = `${program.toUpperCase()}_DATABASE_URL`;
  const own = env[ownName];
  if (own !== undefined && own !== '') return parse(own, ownName).href;

  const shared = env['DATABASE_URL'];
  if (shared === undefined || shared === '') return undefined;
  const url = parse(shared, 'DATABASE_URL');
  url.pathname = `/${databaseName(url)}_${program}`;
  return url.href;
}

/** The address of a program's database on the embedded server, whose own address is given. */
export function embeddedDatabaseUrl(server: string, program: DatabaseName): string {
  const url = new URL(server);
  url.pathname = `/kabinet_${program}`;
  return url.href;
}

/** Where everything that lasts is kept: `KABINET_DATA`, or `.kabinet` in the working directory. */
export const dataDirectory = (env: Environment): string => {
  const given = env['KABINET_DATA'];
  return resolve(given === undefined || given === '' ? '.kabinet' : given);
};

/** Where the embedded PostgreSQL keeps its files. */
export const embeddedDirectory = (env: Environment): string => join(dataDirectory(env), 'postgres');

const databaseName = (url: URL): string => {
  const name = url.pathname.slice(1);
  return name === '' ? 'kabinet' : name;
};

function parse(text: string, variable: string): URL {
  const isAddress = URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
  if (!isAddress) {
    throw new Error(`${variable} is no address like postgres://user:password@host:5432/kabinet`);
  }
  return new URL(text);
}
