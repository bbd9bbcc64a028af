/** Every way the payer's page can end, by the name its button sends. */
export const payerChoices = [
  'card',
  '3ds-ok',
  'sbp',
  'declined',
  'insufficient-funds',
  '3ds-failed',
  'forbidden',
  'cancel',
  'leave',
] as const;
export type PayerChoice = (typeof payerChoices)[number];
