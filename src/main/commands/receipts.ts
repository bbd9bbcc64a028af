import { newReceiptKey } from '../../adapters/system/receipt-signer.ts';
import { portalContainerForCommand } from '../command-parts.ts';
import { keys } from '../keys.ts';
import { accountsAndReceipts } from '../modules/accounts-and-receipts.ts';
import type { Started } from '../running.ts';
import { checkReceipt } from './check-receipt.ts';
import { receiptsHelp, receiptsOptions, type ReceiptsOptions } from './receipts-options.ts';
import { runCommand } from './run-command.ts';

async function run(options: ReceiptsOptions, open: Started): Promise<number> {
  if (options.command === 'help') {
    console.log(receiptsHelp);
    return 0;
  }
  if (options.command === 'check') {
    const { isGenuine, sentence } = checkReceipt(options.file, options.keys);
    console.log(sentence);
    return isGenuine ? 0 : 1;
  }
  const container = await portalContainerForCommand('receipts', open);
  container.load(accountsAndReceipts);
  const store = container.get(keys.receiptKeyStore);
  if (options.command === 'keys') {
    console.log(JSON.stringify({ keys: await store.all() }, null, 2));
    return 0;
  }
  const key = newReceiptKey(container.get(keys.secrets));
  await store.replace(key);
  console.log(`receipts are signed with key ${key.kid} from now on`);
  return 0;
}

await runCommand((started) => run(receiptsOptions(process.argv.slice(2)), started));
