import { existsSync } from 'node:fs';
import { auditSeal } from '../../adapters/amqp/audit-seal.ts';
import { brokerAddress } from '../../adapters/amqp/broker-address.ts';
import { type DeadLetter, type Fate, goOverDeadLetters } from '../../adapters/amqp/dead-letters.ts';
import { developmentPasswords } from '../../adapters/amqp/definitions.ts';
import { privatePath } from '../../adapters/amqp/key-files.ts';
import { type KeyRing, openKeyRing } from '../../adapters/amqp/key-ring.ts';
import { messageReader } from '../../adapters/amqp/message-reader.ts';
import type { Source } from '../../adapters/amqp/sources.ts';
import { type deadLetterQueue } from '../../adapters/amqp/topology.ts';
import { PostgresAuditLog } from '../../adapters/postgres/gateway/postgres-audit-log.ts';
import { openPool } from '../../adapters/postgres/pool.ts';
import { PostgresOutbox } from '../../adapters/postgres/postgres-outbox.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import { recordAudit } from '../../application/gateway/record-audit.ts';
import { type RedriveRefusal, redriveLetter } from '../../application/redrive-letter.ts';
import { plainText } from '../../domain/protection/plain-text.ts';
import { readConfig } from '../config.ts';
import type { DatabaseName } from '../database-urls.ts';
import { openDatabaseUrl } from '../database-server.ts';
import type { Started } from '../running.ts';
import {
  deadLettersHelp,
  deadLettersOptions,
  type DeadLettersOptions,
} from './dead-letters-options.ts';
import { runCommand } from './run-command.ts';

type Decide = (letter: DeadLetter) => Promise<Fate>;

async function run(options: DeadLettersOptions, open: Started): Promise<void> {
  if (options.command === 'help') {
    console.log(deadLettersHelp);
    return;
  }
  const decide = await decider(options, open);
  const id = options.command === 'list' ? 'all' : options.id;
  let found = 0;
  for (const vhost of ['portal', 'core'] as const) {
    await goOverDeadLetters(addressOf(vhost), vhost, (letter) => {
      if (id !== 'all' && id !== letter.message.messageId) return Promise.resolve('keep');
      found += 1;
      return decide(letter);
    });
  }
  if (id !== 'all' && found === 0) throw new Error(`no dead letter has the id ${id}: see list`);
  if (id === 'all') console.log(`${String(found)} dead letters`);
}

/** What is done with each letter that is meant. */
function decider(
  options: Exclude<DeadLettersOptions, { readonly command: 'help' }>,
  open: Started,
): Promise<Decide> {
  switch (options.command) {
    case 'list':
      return Promise.resolve((letter) => {
        console.log(lineOf(letter));
        return Promise.resolve('keep');
      });
    case 'redrive':
      return redriver(options.source, open);
    case 'drop':
      return dropper(options, open);
  }
}

const lineOf = ({ message, queue, reason }: DeadLetter): string =>
  [message.messageId, message.type, `died in ${queue}`, reason]
    .map((part) => plainText(part, 100) || '?')
    .join('  ');

async function redriver(source: 'portal' | 'accounting', open: Started): Promise<Decide> {
  const ring = ringOf(source);
  const pool = await poolOf(source === 'portal' ? 'portal' : 'books', open);
  const redrive = redriveLetter(source, messageReader(ring), new PostgresOutbox(pool), systemClock);
  return async (letter) => {
    const done = await redrive(letter.message);
    if (done.ok) {
      console.log(`${lineOf(letter)}: is sent again by ${source}`);
      return 'remove';
    }
    console.log(`${lineOf(letter)}: stays, for ${whyNot(done.refusal)}`);
    process.exitCode = 1;
    return 'keep';
  };
}

function whyNot(refusal: RedriveRefusal): string {
  switch (refusal.reason) {
    case 'unreadable':
      return `nobody we know said it as it is (${refusal.why})`;
    case 'not-ours':
      return `${refusal.source} said it: run this where that one's keys and outbox are`;
    case 'not-lasting':
      return 'nobody waits for it any more: drop it';
  }
}

async function dropper(
  { by, reason }: { readonly by: string; readonly reason: string },
  open: Started,
): Promise<Decide> {
  const ring = ringOf('gateway');
  const pool = await poolOf('gateway', open);
  const log = new PostgresAuditLog(pool, auditSeal(ring, readConfig(process.env).keysDirectory));
  const audit = recordAudit(log, systemClock);
  return async (letter) => {
    const { type, messageId } = letter.message;
    audit.record('dead-letters', by, `dropped ${type} ${messageId} of ${letter.queue}: ${reason}`);
    // Written down before it is done: what cannot be written down does not happen.
    await audit.flush();
    console.log(`${lineOf(letter)}: is dropped`);
    return 'remove';
  };
}

async function poolOf(name: DatabaseName, open: Started) {
  const pool = openPool(await openDatabaseUrl(name, open), 1, 'dead-letters');
  open.add(() => pool.end());
  return pool;
}

/** The ring of a program that has its key here; the command makes none. */
function ringOf(source: Source): KeyRing {
  const { keysDirectory } = readConfig(process.env);
  const path = privatePath(keysDirectory, source);
  if (!existsSync(path)) throw new Error(`${path} is missing: run this where ${source} runs`);
  return openKeyRing(keysDirectory, source);
}

function addressOf(vhost: keyof typeof deadLetterQueue): string {
  const { amqpUrl } = readConfig(process.env);
  if (amqpUrl === undefined) throw new Error('AMQP_URL is missing: it names the broker');
  const { username, password } = new URL(amqpUrl);
  const usual = process.env['DEPLOYER_AMQP_PASSWORD'] ?? developmentPasswords.deployer;
  const [user, word] =
    username === '' ? ['deployer', usual] : [username, password].map(decodeURIComponent);
  return brokerAddress(amqpUrl, user ?? '', word ?? '', vhost);
}

await runCommand((started) => run(deadLettersOptions(process.argv.slice(2)), started));
