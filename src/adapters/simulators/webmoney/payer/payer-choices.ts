/** Every way the payer's page can end, by the name its button sends. */
export const payerChoices = ['sms', 'enum', 'not-enough', 'wrong-code', 'refuse', 'leave'] as const;
export type PayerChoice = (typeof payerChoices)[number];
