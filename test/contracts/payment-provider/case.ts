import type { PaymentProvider } from '../../../src/application/ports/payment-provider.ts';
import type { Stage } from './stage.ts';
import type { SystemUnderTest, Trait } from './system.ts';

/** One of the numbered cases every payment system is held to. */
export interface Case {
  readonly no: number;
  readonly title: string;
  /** What it is about; a system without it is listed as skipping the case. Absent: it is for every system. */
  readonly needs?: (system: SystemUnderTest, provider: PaymentProvider) => boolean;
  readonly play: (stage: Stage) => Promise<void>;
}

export const has =
  (...traits: readonly Trait[]): NonNullable<Case['needs']> =>
  (system) =>
    traits.every((trait) => system.traits.includes(trait));

type Ability = 'query' | 'look' | 'list' | 'capture' | 'cancel' | 'refund' | 'queryRefund';
export const can =
  (...abilities: readonly Ability[]): NonNullable<Case['needs']> =>
  (_system, provider) =>
    abilities.every((ability) => provider[ability] !== undefined);

export const both =
  (...needs: readonly NonNullable<Case['needs']>[]): NonNullable<Case['needs']> =>
  (system, provider) =>
    needs.every((need) => need(system, provider));
