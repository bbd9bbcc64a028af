/** Every way the payer's page can end, by the name its button sends. */
export const payerChoices = [
  'visa',
  'mastercard',
  '3ds-ok',
  '3ds-failed',
  'declined',
  'insufficient-funds',
  'delayed',
  'cancel',
  'leave',
] as const;
export type PayerChoice = (typeof payerChoices)[number];
