import type { AutoPayJson } from '../../http/contract/autopay-json.ts';

/** One sentence of the catalogue with the day and the sum it speaks of. */
export interface RoundWords {
  readonly id: string;
  /** A moment; its day is written. */
  readonly at: string;
  readonly sum: AutoPayJson['announced'];
}

/** What comes next. */
export function nextWords({ stage, chargeAt, announced }: AutoPayJson): RoundWords {
  switch (stage) {
    case 'waiting':
      return { id: 'autopay.next.waiting', at: chargeAt, sum: undefined };
    case 'announced':
      return { id: 'autopay.next.announced', at: chargeAt, sum: announced };
    case 'charging':
      return { id: 'autopay.next.charging', at: chargeAt, sum: announced };
  }
}

const endTexts = {
  paid: 'autopay.last.paid',
  'nothing-due': 'autopay.last.nothing-due',
  'over-limit': 'autopay.last.over-limit',
  declined: 'autopay.last.declined',
} as const;

/** How the last round ended; undefined before the first. */
export function lastWords({ last }: AutoPayJson): RoundWords | undefined {
  if (last === undefined) return undefined;
  return { id: endTexts[last.end], at: last.at, sum: last.amount };
}
