import { parseArgs } from 'node:util';

export const receiptsHelp = `Usage: npm run receipts -- keys
       npm run receipts -- rotate-key
       npm run receipts -- check --file receipt.json --keys receipt-keys.json

Looks after the signatures of receipts.
  keys        prints the public keys, those of the past among them, as a JSON Web Key Set: what the portal
              publishes at /.well-known/receipt-keys.json
  rotate-key  signs with a new key from now on; the private part of the old one is erased, and what it signed
              stays valid
  check       tells whether the signed JSON of a receipt (pdfdetach -saveall receipt.pdf) is word for word what
              one of the keys signed. Needs no portal and no database. Ends with 0 for yes, 1 for no`;

export type ReceiptsOptions =
  | { readonly command: 'help' | 'keys' | 'rotate-key' }
  | { readonly command: 'check'; readonly file: string; readonly keys: string };

/** Reads the command line; throws with a sentence for what cannot be meant. */
export function receiptsOptions(args: readonly string[]): ReceiptsOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      file: { type: 'string', default: '' },
      keys: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, ...more] = positionals;
  if (values.help) return { command: 'help' };
  if (more.length > 0) throw new Error(`only one command at a time, not also ${more.join(' ')}`);
  if (command === 'keys' || command === 'rotate-key') return { command };
  if (command !== 'check') {
    throw new Error('say what to do: keys, rotate-key or check; --help says more');
  }
  const { file, keys } = values;
  if (file === '')
    throw new Error('--file is missing: the receipt.json that was attached to the PDF');
  if (keys === '') {
    throw new Error(
      '--keys is missing: the portal’s /.well-known/receipt-keys.json, from a place you trust; a forger attaches a key too',
    );
  }
  return { command, file, keys };
}
