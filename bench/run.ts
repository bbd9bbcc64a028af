import { existsSync } from 'node:fs';
import { join } from 'node:path';

const help = `Usage: npm run bench -- <name>

  smoke      sign-in, accounts, a page of operations, a payment end to end, beside a bare Koa + pg handler
  payments   payments per second and notifications, beside the same SQL through pgbench (--help: its options)
  gateway    goodput under overload, fairness, round trips and CPU of the gateway (--help: its options)
  statements files of the books and of banks, up to a million rows: time and memory (--help: its options)
  receipts   receipts as PDF: per second, median and 99th percentile, beside bare pdfkit (--help: its options)
  detectors  what the gateway's detectors cost a message, beside a Map that only counts

Figures are ratios to a bare limit measured in the same run; single times on a busy machine mean little.`;

const [name] = process.argv.slice(2);
if (name === undefined || !existsSync(join(import.meta.dirname, `${name}.ts`)) || name === 'run') {
  console.log(help);
  process.exit(name === '--help' ? 0 : 1);
}
await import(`./${name}.ts`);
