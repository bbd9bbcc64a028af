/** Every way the payer's page can end, by the name its button sends. */
export const payerChoices = ['wallet', 'card', 'mobile', 'declined', 'refuse', 'leave'] as const;
export type PayerChoice = (typeof payerChoices)[number];

/** A way to pay, by the name the protocol has for it. */
const sources = { qw: 'wallet', card: 'card', mobile: 'mobile' } as const;
export type PaySource = (typeof sources)[keyof typeof sources];

/** The ways to pay that are listed, `qw,card` say; all of them where none of them is known. */
export function allowedSources(list: string | undefined): PaySource[] {
  const all = Object.values(sources);
  const asked = (list ?? '').split(',').map((each) => sourceNamed(each.trim()));
  const known = all.filter((source) => asked.includes(source));
  return known.length === 0 ? all : known;
}

export function sourceNamed(name: string | undefined): PaySource | undefined {
  return name === 'qw' || name === 'card' || name === 'mobile' ? sources[name] : undefined;
}

export const isSource = (choice: PayerChoice): choice is PaySource =>
  choice === 'wallet' || choice === 'card' || choice === 'mobile';
