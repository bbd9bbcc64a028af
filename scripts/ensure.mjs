// Makes `npm start` and `npm test` work on a machine with nothing but git and Node: installs what
// package-lock.json names, once, and checks that the Node which came with it and the native parts load.
// Plain JavaScript and Node's own modules only, because this runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));
const modules = join(home, 'node_modules');
const stampFile = join(modules, '.kabinet-ready');
const mutex = join(home, '.kabinet-installing');
const staleMs = 15_000;

const stop = (sentence) => {
  console.error(`kabinet: ${sentence}`);
  process.exit(1);
};

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`Node ${process.versions.node} is too old; install Node 20.19 or later and try again`);
}
const lockFile = join(home, 'package-lock.json');
if (!existsSync(lockFile)) stop('package-lock.json is missing; this is not a complete checkout');
const stamp = createHash('sha256')
  .update(readFileSync(lockFile))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex');
const isReady = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;

if (!isReady()) await underMutex(install);

/** Of several that start at once one installs and the others wait; a killed one is taken over. */
async function underMutex(work) {
  while (!takeMutex()) {
    await new Promise((wake) => setTimeout(wake, 300));
    if (isReady()) return;
  }
  const release = () => rmSync(mutex, { recursive: true, force: true });
  process.once('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  const beat = setInterval(() => touch(mutex), staleMs / 5);
  try {
    if (!isReady()) await work();
  } finally {
    clearInterval(beat);
    release();
  }
}

function takeMutex() {
  try {
    mkdirSync(mutex);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') stop(`cannot write in ${home}: ${error.message}`);
  }
  const beatenAt = statSync(mutex, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  if (Date.now() - beatenAt > staleMs) {
    const aside = `${mutex}.${process.pid}`;
    try {
      // Only one of the waiting succeeds in this.
      renameSync(mutex, aside);
      rmSync(aside, { recursive: true, force: true });
    } catch {
      // Another was first.
    }
  }
  return false;
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Removed by hand: the install goes on all the same.
  }
}

async function install() {
  console.log('kabinet: installing packages (once, about a minute)…');
  if ((await npmCi(process.execPath)) !== 0) {
    stop('npm ci failed; its own message is above. Check the network and the disk and try again');
  }
  const node = ownNode();
  // npm skips optional packages whose "engines" refuse the host's Node; under our own Node it takes them.
  if (node !== process.execPath && !(await nativePartsLoad(node)) && (await npmCi(node)) !== 0) {
    stop('npm ci under the bundled Node failed; its own message is above');
  }
  if (!(await nativePartsLoad(node))) {
    stop(`the native packages do not load on ${process.platform}-${process.arch}`);
  }
  writeFileSync(stampFile, stamp);
}

function npmCi(node) {
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional'];
  args.push('--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
  const npm = process.env.npm_execpath;
  return npm !== undefined && basename(npm) === 'npm-cli.js'
    ? run(node, [npm, ...args], 'inherit')
    : run('npm', args, 'inherit');
}

/** Resolves to the exit code; waits without blocking, so that the mutex goes on beating. */
function run(program, args, output) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: home, stdio: ['ignore', output, output] });
    child.on('error', (error) => {
      if (output === 'inherit') console.error(`kabinet: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function ownNode() {
  const bundled = join(modules, '.bin', 'node');
  if (existsSync(bundled)) return bundled;
  if (major < 24) {
    const platform = `${process.platform}-${process.arch}`;
    stop(`no Node 24 comes with Kabinet for ${platform}; install Node 24 or later and try again`);
  }
  return process.execPath;
}

async function nativePartsLoad(node) {
  const script = "await import('@node-rs/argon2'); await import('vite')";
  return (await run(node, ['--input-type=module', '--eval', script], 'ignore')) === 0;
}
