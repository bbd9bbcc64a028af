// ISO 4217 currencies whose smallest unit is not a hundredth.
const unusual: Readonly<Record<string, number>> = {
  ...over(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...over(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...over(4, 'CLF UYW'),
};

/** How many decimal places a currency has: 2 for RUB, 0 for JPY, 3 for KWD. Source: ISO 4217. */
export function currencyExponent(currency: string): number {
  return unusual[currency] ?? 2;
}

function over(exponent: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, exponent]));
}
