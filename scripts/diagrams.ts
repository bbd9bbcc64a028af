import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentDiagram } from './payment-diagram.ts';

const file = join(import.meta.dirname, '../ARCHITECTURE.md');
const text = readFileSync(file, 'utf8');
writeFileSync(file, paymentDiagram(text));
console.log('ARCHITECTURE.md: payment states drawn');
