import { randomUUID } from 'node:crypto';
import type { Fact } from './fact.ts';

/**
 * The ways a notification can be bad: from a foreign address; from the right one but untrue; of an event nobody knows;
 * of an object that does not exist.
 */
export const forgeries = ['source', 'body', 'other-shape', 'missing'] as const;
export type Forgery = (typeof forgeries)[number];

/** Kept for documents, so nobody's. */
const FOREIGN_ADDRESS = '203.0.113.9';

/** Makes a claim that the payment succeeded into a notification no shop may believe. */
export function forged(
  fact: Fact,
  sourceAddress: string,
  forgery: Forgery,
): { readonly fact: Fact; readonly sourceAddress: string } {
  switch (forgery) {
    case 'source':
      return { fact, sourceAddress: FOREIGN_ADDRESS };
    // The claim is the forgery: the object itself says otherwise.
    case 'body':
      return { fact, sourceAddress };
    case 'other-shape':
      return { fact: { ...fact, event: 'payment.unheard_of' }, sourceAddress };
    case 'missing':
      return { fact: { ...fact, object: { ...fact.object, id: randomUUID() } }, sourceAddress };
  }
}
