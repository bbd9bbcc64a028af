import { parseArgs } from 'node:util';
import type { LetterSource } from '../../application/redrive-letter.ts';

export const deadLettersHelp = `Usage: npm run dead-letters -- list
       npm run dead-letters -- redrive ID|all [--source portal|accounting]
       npm run dead-letters -- drop ID|all --by NAME --reason TEXT

Looks after messages that nobody could do anything with (gw.dead and core.dead). AMQP_URL names the broker and, before
an @, a user who may read them with the password; without one it is deployer with DEPLOYER_AMQP_PASSWORD.
  list     says what lies there (the oldest thousand of each queue), where it died and why; nothing of what it says
  redrive  has the source say it again out of its own outbox, under a new id that names the old one as its cause. What
           was done already is not done twice. Commands are portal's, events accounting's: run it where that one's keys
           and database are
  drop     takes it away for good. Who did and why is written to the gateway's audit first: run it where the gateway's
           keys and database are

A letter that nobody we know signed cannot be redriven; see npm run evidence.`;

export type DeadLettersOptions =
  | { readonly command: 'help' }
  | { readonly command: 'list' }
  | { readonly command: 'redrive'; readonly id: string; readonly source: LetterSource }
  | { readonly command: 'drop'; readonly id: string; readonly by: string; readonly reason: string };

/** Reads the command line; throws with a sentence for what cannot be meant. */
export function deadLettersOptions(args: readonly string[]): DeadLettersOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      source: { type: 'string', default: 'portal' },
      by: { type: 'string', default: '' },
      reason: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, id, ...more] = positionals;
  if (values.help) return { command: 'help' };
  if (more.length > 0) throw new Error(`only one at a time, not also ${more.join(' ')}`);
  if (command === 'list' && id === undefined) return { command };
  if (command !== 'redrive' && command !== 'drop') {
    throw new Error('say what to do: list, redrive or drop; --help says more');
  }
  if (id === undefined)
    throw new Error(`${command} takes the id of a letter, as list has it, or all`);
  if (command === 'redrive') {
    const { source } = values;
    if (source === 'portal' || source === 'accounting') return { command, id, source };
    throw new Error('--source takes portal or accounting');
  }
  const [by, reason] = [values.by.trim(), values.reason.trim()];
  if (by === '') throw new Error('--by is missing: the audit names who dropped it');
  if (reason === '') throw new Error('--reason is missing: the audit says why it was dropped');
  return { command, id, by, reason };
}
