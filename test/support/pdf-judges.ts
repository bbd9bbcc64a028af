import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackage } from './debian-package.ts';
import { skipUnless } from './skips.ts';

const packages = [
  ['poppler-utils', '/usr/bin/pdftotext'],
  ['qpdf', '/usr/bin/qpdf'],
  ['zbar-tools', '/usr/bin/zbarimg'],
] as const;
const mostBytes = 2 ** 26;

/** Programs of others that read PDF files and pictures, over a folder of each test's own. Skips the suite without them. */
export function pdfJudges() {
  let folder: string;
  before(async function () {
    for (const [name, probe] of packages) skipUnless(this, await ensurePackage(name, probe));
  });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kabinet-pdf-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const bytesOf = (program: string, ...args: string[]): Buffer =>
    execFileSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: mostBytes });
  return {
    place: (name: string): string => join(folder, name),
    /** A file of these bytes; answers where it is. */
    kept: (name: string, bytes: Uint8Array): string => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    },
    /** What a program prints, as bytes and as text. */
    bytesOf,
    run: (program: string, ...args: string[]): string => bytesOf(program, ...args).toString('utf8'),
  };
}
