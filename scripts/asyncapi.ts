import { writeFileSync } from 'node:fs';
import { asyncApiText } from '../src/adapters/amqp/asyncapi.ts';
import { version } from '../src/main/version.ts';

writeFileSync(new URL('../docs/asyncapi.json', import.meta.url), asyncApiText(version));
console.log('docs/asyncapi.json written');
