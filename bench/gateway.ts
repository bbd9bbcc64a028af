import { parseArgs } from 'node:util';
import { sentence } from '../src/main/run-alone.ts';
import { cpuOfMessages } from './gateway/cpu.ts';
import { overload } from './gateway/overload.ts';
import { roundTrips } from './gateway/round-trips.ts';
import { version } from '../src/main/version.ts';

const help = `Usage: npm run bench -- gateway [--seed N] [--rounds N] [--seconds N] [--only overload|round-trips|cpu]

The gateway as a process of its own, over RabbitMQ and PostgreSQL, before an inside of exact capacity (20 places,
100 ms mean: 200 answers a second).

  overload     ten times the load, an inside that gets four times slower, recovery, and one greedy per cent
  round-trips  questions and commands at 100 a second, evenly spaced and at random, beside a bare line
  cpu          what one message costs the gateway, beside the bare signature checks it makes

  --seed N     seed of arrivals and service times (1)
  --rounds N   rounds; medians are printed (3)
  --seconds N  length of one stretch of load (20)`;

try {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '20' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const number = (name: 'seed' | 'rounds' | 'seconds'): number => {
    if (!/^[1-9]\d{0,5}$/.test(values[name])) throw new Error(`--${name} takes a whole number`);
    return Number(values[name]);
  };
  if (values.help) console.log(help);
  else {
    const options = { seed: number('seed'), rounds: number('rounds'), seconds: number('seconds') };
    console.log(`Kabinet ${version}, Node ${process.version}, seed ${options.seed}`);
    const parts = { cpu: cpuOfMessages, 'round-trips': roundTrips, overload };
    const only = values.only;
    if (only !== undefined && !(only in parts)) throw new Error(`there is no part ${only}`);
    for (const [name, part] of Object.entries(parts)) {
      if (only === undefined || only === name) await part(options);
    }
  }
} catch (error) {
  console.error(`bench: ${sentence(error)}`);
  process.exitCode = 1;
}
