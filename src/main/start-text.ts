import type { Config } from './config.ts';
import { demoCustomers, demoPassword } from './demo-customers.ts';
import { demoWatchers } from './demo-watchers.ts';
import { demoStaff } from './demo-staff.ts';

/** What a person reads once everything runs. */
export function startText(config: Config, seconds: number): string {
  const [first, second] = demoCustomers;
  const people = demoStaff.map(({ login, password }) => `${login} / ${password}`);
  const watchers = demoWatchers.map(({ login, password }) => `${login} / ${password}`);
  const rows = [
    ['Portal', config.publicUrl],
    ['Contract', `${first.contract}   (or ${second.contract})`],
    ['Password', demoPassword],
    ['Phone', `${config.simulatorsUrl}/phone/${first.phone}   the SMS codes arrive here`],
    ['Staff', `${config.publicUrl}/staff   ${people.join(' or ')}`],
    ['Codes', `${config.simulatorsUrl}/authenticator   the staff’s authenticator`],
    [
      'Console',
      `http://localhost:${String(config.consolePort)}   ${watchers.join(' or ')}   watches the gateway`,
    ],
    ['Payments', `${config.simulatorsUrl}/   simulated payment systems and their controls`],
    ['Metrics', `http://localhost:${String(config.metricsPort)}/metrics`],
  ] as const;
  const lines = rows.map(([name, value]) => `  ${name.padEnd(10)}${value}`);
  return [
    '',
    `  Kabinet is ready (${seconds.toFixed(1)} s)`,
    '',
    ...lines,
    '',
    '  Stop with Ctrl-C. The data stays; begin anew with: npm start -- --fresh',
    '',
  ].join('\n');
}
