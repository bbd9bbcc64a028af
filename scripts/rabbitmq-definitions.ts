import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import {
  definitions,
  type DefinitionsRelease,
  definitionsUsers,
  developmentDefinitions,
  type Passwords,
} from '../src/adapters/amqp/definitions.ts';

/**
 * Writes RabbitMQ's definitions. Without arguments the committed files with development passwords; with a path, a
 * file for production with the passwords of RABBITMQ_PASSWORD_PORTAL, _GATEWAY, _CONNECTOR and _DEPLOYER, for
 * RabbitMQ 3.10 or, with `4` behind the path, for 4.x.
 */
const main = (path: string | undefined, release: DefinitionsRelease): void => {
  if (path === undefined) {
    const folder = new URL('../deploy/rabbitmq/', import.meta.url);
    writeFileSync(new URL('definitions.json', folder), developmentDefinitions('3.10'));
    writeFileSync(new URL('definitions-4.json', folder), developmentDefinitions('4'));
    return;
  }
  const passwords = Object.fromEntries(definitionsUsers.map((user) => [user, passwordOf(user)]));
  const text = JSON.stringify(
    definitions(passwords as Passwords, () => randomBytes(4), release),
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

main(process.argv[2], process.argv[3] === '4' ? '4' : '3.10');
