export const methodTypes = ['bank_card', 'yoo_money', 'sbp', 'sberbank', 'tinkoff_bank'] as const;
export type MethodType = (typeof methodTypes)[number];

interface MethodTerms {
  /** Limits of one payment in kopecks; none are known where absent. */
  readonly limits?: readonly [least: number, most: number];
  /** Whether money can be held before it is taken. */
  readonly holds: boolean;
  /** How registries call it. */
  readonly registryCode: string;
}

export const methodTerms: Readonly<Record<MethodType, MethodTerms>> = {
  bank_card: { limits: [1_00, 350_000_00], holds: true, registryCode: 'AC' },
  // Of a wallet of the highest level.
  yoo_money: { limits: [1_00, 250_000_00], holds: true, registryCode: 'PC' },
  sbp: { limits: [1_00, 700_000_00], holds: false, registryCode: 'SBP' },
  sberbank: { holds: true, registryCode: 'SB' },
  tinkoff_bank: { holds: true, registryCode: 'TB' },
};

/** Whether one payment by this method may be so large; the limits are in roubles. */
export function isWithinLimits(type: MethodType, minor: number, currency: string): boolean {
  const { limits } = methodTerms[type];
  if (limits === undefined || currency !== 'RUB') return true;
  return minor >= limits[0] && minor <= limits[1];
}

/** Methods that work in a test shop, unless more are switched on. */
export const testMethods: readonly MethodType[] = ['bank_card', 'yoo_money'];
