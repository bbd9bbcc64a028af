import { spawnSync } from 'node:child_process';

const help = `Usage: npm run soak [-- --payments N] [--runs N]

Plays what npm test plays, for longer: every law of the payment systems 10000 times, and a day of 20000 payments over
all of them with trouble of every class, on a clock moved by hand, against the real PostgreSQL; kills gateways and broker
twenty times under load; and kills accounting at every step of a posting in Tryton. It takes about an hour.
The seeds are printed; FC_SEED and DAY_SEED play one again.

  --payments N   payments of the day, 20000 unless given
  --runs N       how often each law is tried, 10000 unless given`;

const given = process.argv.slice(2);
if (given.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const numberAfter = (name: string, usual: number): string => {
  const at = given.indexOf(name);
  const text = at < 0 ? String(usual) : (given[at + 1] ?? '');
  if (/^[1-9]\d{0,6}$/.test(text)) return text;
  console.error(`kabinet: ${name} needs a whole number above nothing\n\n${help}`);
  process.exit(2);
};
const env = {
  ...process.env,
  DAY_PAYMENTS: numberAfter('--payments', 20_000),
  FC_RUNS: numberAfter('--runs', 10_000),
  GATEWAY_KILLS: '20',
  TRYTON_KILLS: 'all',
};
const parts = [
  'test/system/gateway-kills.test.ts',
  'test/system/tryton/thread.test.ts',
  ...['day', 'properties'].map((name) => `test/contracts/payment-provider/${name}.test.ts`),
];
const command = ['node_modules/mocha/bin/mocha.js', '--no-config', '--reporter', 'spec', ...parts];
const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', env });
process.exit(status ?? 1);
