import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentDiagram } from '../../scripts/payment-diagram.ts';

describe('ARCHITECTURE.md', () => {
  it('draws the payment moves as the domain has them (npm run diagrams)', () => {
    const text = readFileSync(join(import.meta.dirname, '../../ARCHITECTURE.md'), 'utf8');
    assert.match(text, /stateDiagram-v2/);
    assert.equal(paymentDiagram(text), text);
  });
});
