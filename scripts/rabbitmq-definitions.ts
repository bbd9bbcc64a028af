import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import {
  definitions,
  definitionsUsers,
  developmentDefinitions,
  type Passwords,
} from '../src/adapters/amqp/definitions.ts';

/**
 * Writes RabbitMQ's definitions. Without arguments the committed file with development passwords; with a path, a
 * file for production with the passwords of RABBITMQ_PASSWORD_PORTAL, _GATEWAY, _CONNECTOR and _DEPLOYER.
 */
const main = (path: string | undefined): void => {
  if (path === undefined) {
    const committed = new URL('../deploy/rabbitmq/definitions.json', import.meta.url);
    writeFileSync(committed, developmentDefinitions());
    return;
  }
  const passwords = Object.fromEntries(definitionsUsers.map((user) => [user, passwordOf(user)]));
  const text = JSON.stringify(
    definitions(passwords as Passwords, () => randomBytes(4)),
    undefined,
    2,
  );
  writeFileSync(path, `${text}\n`, { mode: 0o600 });
};

const passwordOf = (user: string): string => {
  const name = `RABBITMQ_PASSWORD_${user.toUpperCase()}`;
  const password = process.env[name] ?? '';
  if (password.length >= 12) return password;
  console.error(`${name} must hold a password of at least 12 characters`);
  process.exit(1);
};

main(process.argv[2]);
