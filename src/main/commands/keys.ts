import { bundleOf, revokeKey, rotateKey } from '../../adapters/amqp/rotate-keys.ts';
import { readConfig } from '../config.ts';
import { sentence } from '../run-alone.ts';
import { keysHelp, keysOptions, type KeysOptions } from './keys-options.ts';

function run(options: KeysOptions): void {
  if (options.command === 'help') {
    console.log(keysHelp);
    return;
  }
  const { keysDirectory } = readConfig(process.env);
  const now = Date.now();
  switch (options.command) {
    case 'list':
      for (const { source, kid, from, until } of bundleOf(keysDirectory, now).keys) {
        const end = until === undefined ? '' : `  until ${until}`;
        console.log(`${source.padEnd(12)}${kid}  from ${from}${end}`);
      }
      return;
    case 'rotate': {
      const { source, publicFile } = options;
      const { kid, from } = rotateKey(keysDirectory, source, now, publicFile);
      console.log(`${source} signs with ${kid} from ${from}`);
      return;
    }
    case 'revoke': {
      const { source, kid } = revokeKey(keysDirectory, options.kid, now);
      console.log(`${kid} of ${source} is believed no more`);
    }
  }
}

try {
  run(keysOptions(process.argv.slice(2)));
} catch (error) {
  console.error(`kabinet: ${sentence(error)}`);
  process.exitCode = 1;
}
