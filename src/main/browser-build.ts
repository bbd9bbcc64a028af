import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const home = join(import.meta.dirname, '../..');
const stampFile = join(home, 'dist/browser.stamp');

/** Builds the browser application unless what stands in dist/ was built from these very sources. */
export async function buildBrowser(): Promise<void> {
  const stamp = fingerprint();
  const isFresh =
    existsSync(join(home, 'dist/browser/index.html')) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === stamp;
  if (isFresh) return;
  await viteBuild();
  writeFileSync(stampFile, stamp);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const sources = globSync(['src/adapters/{browser,http/contract}/**/*.*', 'package-lock.json'], {
    cwd: home,
  });
  for (const file of sources.sort()) hash.update(file).update(readFileSync(join(home, file)));
  return hash.digest('hex');
}

function viteBuild(): Promise<void> {
  const vite = join(home, 'node_modules/vite/bin/vite.js');
  const configFile = 'src/adapters/browser/vite.config.ts';
  const args = [vite, 'build', '--config', configFile, '--logLevel', 'error'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`the browser application does not build:\n${Buffer.concat(said).toString()}`),
        );
    });
  });
}
