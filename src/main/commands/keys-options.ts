import { parseArgs } from 'node:util';
import { type KeySource, keySources } from '../../adapters/amqp/sources.ts';

export const keysHelp = `Usage: npm run keys -- list
       npm run keys -- rotate SOURCE [--public FILE]
       npm run keys -- revoke KID

Looks after the keys that messages are signed with, on the inside: accounting announces them to the gateway.
  list    shows whose keys are believed, from when they are signed with and until when they are believed
  rotate  announces a new key of a source; signed with in five minutes, the old one is believed a day longer.
          Without --public the key is made here, in the directory of keys. With it, FILE holds the public key in PEM,
          made on the source's own host:
            openssl genpkey -algorithm ed25519 -out SOURCE.next.private.pem
            openssl pkey -in SOURCE.next.private.pem -pubout -out FILE
          Five minutes later rename it to SOURCE.private.pem there; the program takes it up by itself.
  revoke  announces that a key is believed no more, at once; rotate first where it is the only one

Sources: ${keySources.join(', ')}. The directory of keys is KABINET_KEYS. Other hosts take up bundle.json of that
directory when it is copied into theirs; the gateway is told by message.`;

export type KeysOptions =
  | { readonly command: 'help' | 'list' }
  | {
      readonly command: 'rotate';
      readonly source: KeySource;
      readonly publicFile: string | undefined;
    }
  | { readonly command: 'revoke'; readonly kid: string };

/** Reads the command line; throws with a sentence for what cannot be meant. */
export function keysOptions(args: readonly string[]): KeysOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { public: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const [command, what, ...more] = positionals;
  if (values.help) return { command: 'help' };
  if (more.length > 0) throw new Error(`one key at a time, not also ${more.join(' ')}`);
  if (values.public !== undefined && command !== 'rotate') {
    throw new Error('--public goes with rotate only');
  }
  switch (command) {
    case 'list':
      return { command };
    case 'revoke':
      // An id may begin with a dash: then it comes after "--".
      if (what === undefined) throw new Error('say which key: list shows their ids');
      return { command, kid: what };
    case 'rotate': {
      const source = keySources.find((one) => one === what);
      if (source === undefined) throw new Error(`say whose key: ${keySources.join(', ')}`);
      return { command, source, publicFile: values.public };
    }
    default:
      throw new Error('say what to do: list, rotate or revoke; --help says more');
  }
}
