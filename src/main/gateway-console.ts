import { join } from 'node:path';
import type pg from 'pg';
import { consoleApp } from '../adapters/console/console-app.ts';
import { PostgresRefusedBodyStore } from '../adapters/postgres/gateway/postgres-refused-body-store.ts';
import { postgresWatcherStore } from '../adapters/postgres/gateway/postgres-watcher-store.ts';
import { argon2Hasher } from '../adapters/system/argon2-hasher.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { keyedSecrets } from '../adapters/system/keyed-secrets.ts';
import { loadMasterKey } from '../adapters/system/master-key.ts';
import { totp } from '../adapters/system/totp.ts';
import { sampleEveryMs } from '../application/gateway/load-history.ts';
import { liftMeasure } from '../application/gateway/lift-measure.ts';
import type { AuditRecorder } from '../application/gateway/record-audit.ts';
import { recognisePerson } from '../application/recognise-person.ts';
import { signInWatcher } from '../application/gateway/sign-in-watcher.ts';
import { watchLoad } from '../application/gateway/watch-load.ts';
import { watcherCodes, type AuthenticatorCodes } from '../application/authenticator-codes.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { PasswordHasher } from '../application/ports/password-hasher.ts';
import type { SecondFactor } from '../application/ports/second-factor.ts';
import type { Secrets } from '../application/ports/secrets.ts';
import type { MeasuresInForce } from '../application/gateway/measures-in-force.ts';
import { keyedRates } from '../domain/protection/keyed-rates.ts';
import { deskSessionPolicy } from '../domain/desk-session.ts';
import { hour, later } from '../domain/time.ts';
import type { GatewayBudgets } from './gateway-budgets.ts';
import type { GatewayNotices } from './gateway-notices.ts';
import { listen } from './listen.ts';
import { loop } from './loop.ts';
import { starting, type Running } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** Of the gateway the console sees this much. */
export interface ConsoleParts {
  readonly notices: GatewayNotices;
  readonly limits: Pick<GatewayBudgets, 'budgets' | 'gate' | 'counts'>;
  readonly detection: { readonly measures: MeasuresInForce };
  readonly record: AuditRecorder['record'];
  readonly clock: Clock;
}

/** Serves the pages of the people who watch the gateway, on a port of their own. */
export const startConsole = (
  around: Surroundings,
  pool: pg.Pool,
  { notices, limits, detection, record, clock }: ConsoleParts,
): Promise<Running> =>
  starting(async (started) => {
    const { config, log } = around;
    const report = reporter(around, 'gateway');
    const watchers = postgresWatcherStore(pool);
    const { secrets, passwords, codes } = watcherTools(config.keysDirectory);
    const load = watchLoad(limits.budgets, limits.gate, limits.counts);
    const sampling = loop(async () => (load.sample(clock.now()), false), sampleEveryMs, report);
    started.add(() => sampling.stop());
    const forget = async (): Promise<boolean> => {
      await watchers.forgetSessionsBefore(later(clock.now(), -deskSessionPolicy.idleMs));
      return false;
    };
    const forgetting = loop(forget, hour, report);
    started.add(() => forgetting.stop());
    const serve = consoleApp({
      incidents: notices.incidents,
      bodies: new PostgresRefusedBodyStore(pool),
      act: notices.actOnIncident,
      acknowledge: notices.acknowledgeIncident,
      lookAtLink: notices.lookAtLink,
      signIn: signInWatcher(watchers, passwords, codes, keyedRates(clock.now()), clock),
      recognise: recognisePerson(watchers, clock),
      watchers,
      secrets,
      randomness: cryptoRandomness(),
      load,
      measures: detection.measures,
      lift: liftMeasure(detection.measures, record, clock),
      clock,
      timeZone: config.company.timeZone,
      report,
      note: (outcome) => {
        const level = outcome === 'refused' || outcome === 'too-many-tries' ? 'warn' : 'info';
        log.event('console-sign-in', { program: 'gateway', outcome }, level);
      },
    }).callback();
    const server = await listen(
      (request, response) => void serve(request, response),
      config.listen,
      config.consolePort,
      'GATEWAY_CONSOLE_PORT',
    );
    started.add(() => server.stop());
    log.event('console-ready', { program: 'gateway', port: server.port });
    return {};
  });

/** What watchers' passwords and codes are kept with: a key of the gateway's own, which the portal never has. */
export function watcherTools(keysDirectory: string): {
  readonly secrets: Secrets;
  readonly passwords: PasswordHasher;
  readonly factor: SecondFactor;
  readonly codes: AuthenticatorCodes;
} {
  const secrets = keyedSecrets(loadMasterKey(join(keysDirectory, 'gateway-console.key'), {}));
  const factor = totp('Kabinet gateway');
  return {
    secrets,
    passwords: argon2Hasher(secrets),
    factor,
    codes: watcherCodes(factor, secrets),
  };
}
