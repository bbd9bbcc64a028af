import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const keyBytes = 32;
const variable = 'KABINET_MASTER_KEY';

/**
 * The key everything secret hangs on: KABINET_MASTER_KEY (base64) where it is set, else the file, which is made
 * with 32 random bytes and for its owner only when it is not there. Programs that start at once get the same key.
 * Throws an Error of one sentence when there is no usable key.
 */
export function loadMasterKey(
  file: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Uint8Array {
  const given = environment[variable];
  if (given !== undefined && given !== '') {
    return checked(new Uint8Array(Buffer.from(given, 'base64')), variable);
  }
  if (!isThere(file)) makeKey(file);
  return checked(new Uint8Array(readFileSync(file)), file);
}

// Written under another name first: whoever finds the file finds all of it.
function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, randomBytes(keyBytes), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    // Another program was faster; its key is the one.
    if (!isThere(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isThere(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw new Error(`cannot read the master key in ${file}`, { cause: error });
  }
}

function checked(key: Uint8Array, place: string): Uint8Array {
  if (key.length >= keyBytes) return key;
  throw new Error(
    `the master key in ${place} has ${key.length} bytes, at least ${keyBytes} needed`,
  );
}
