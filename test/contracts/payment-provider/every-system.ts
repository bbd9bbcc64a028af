import type { SystemUnderTest } from './system.ts';
import { stripeSystem } from './systems/stripe.ts';

/** Every payment system the kit is run against. A new provider is one line here. */
export const everySystem: readonly SystemUnderTest[] = [stripeSystem];
