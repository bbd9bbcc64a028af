import { parseArgs } from 'node:util';

const help = `Usage: npm start -- [--fresh] [--help]

Starts everything in one process: portal, worker, gateway, accounting and the simulators, on an embedded
PostgreSQL unless DATABASE_URL names a server, and on the broker of AMQP_URL if that is set.

  --fresh   throws the data of the embedded PostgreSQL away and begins anew
  --help    shows this

Settings are environment variables: PORT (8080), SIMULATORS_PORT (8090), METRICS_PORT (9464),
GATEWAY_CONSOLE_PORT (8091), KABINET_DATA (.kabinet), DATABASE_URL, AMQP_URL, LOG_LEVEL (warn). README.md lists all of them.`;

/** Reads the command line; an unknown option is an Error of one sentence. */
export function startOptions(args: readonly string[]): {
  fresh: boolean;
  help: string | undefined;
} {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return { fresh: values.fresh, help: values.help ? help : undefined };
}
