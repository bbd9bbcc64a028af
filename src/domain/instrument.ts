/** What the money was taken from, as far as its owner tells it by; never more than four of its last symbols. */
export interface Instrument {
  /** `•••• 4477`. */
  readonly label: string;
  /** Retrieval reference number of a card payment (ISO 8583, field 37): what a bank looks it up by. */
  readonly rrn?: string;
  /** Authorisation code of the card's bank (ISO 8583, field 38). */
  readonly authCode?: string;
}

const shown = 4;

/**
 * Makes an instrument of what a provider tells: number of a card, wallet or purse, masked or not, and codes. PCI DSS 3.4
 * lets four last digits be displayed. Undefined for what has none to show.
 */
export function instrumentOf(
  number: string | undefined,
  codes: { readonly rrn?: string | undefined; readonly authCode?: string | undefined } = {},
): Instrument | undefined {
  const last = /[0-9A-Za-z]{4}$/.exec(number?.trim() ?? '')?.[0];
  if (last?.length !== shown) return undefined;
  const rrn = code(codes.rrn, 12);
  const authCode = code(codes.authCode, 6);
  return {
    label: `•••• ${last}`,
    ...(rrn !== undefined && { rrn }),
    ...(authCode !== undefined && { authCode }),
  };
}

const code = (text: string | undefined, longest: number): string | undefined =>
  text !== undefined && text.length <= longest && /^[0-9A-Za-z]+$/.test(text) ? text : undefined;
