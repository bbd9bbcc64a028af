/** What a payer's browser sends to make a transfer. Nothing in it is signed. */
export interface WalletForm {
  readonly receiver: string;
  readonly paymentType: 'PC' | 'AC';
  /** What the payer is debited, in kopecks. */
  readonly sumMinor: number;
  readonly label: string;
  readonly successUrl: string | undefined;
}

const most = 250_000_00;

/** Reads the form; a sentence about the first field that is wrong otherwise. */
export function readWalletForm(encoded: string, receiver: string): WalletForm | string {
  const form = new URLSearchParams(encoded);
  const doubled = [...form.keys()].find((name) => form.getAll(name).length > 1);
  if (doubled !== undefined) return `${doubled} is given twice`;
  if (form.get('receiver') !== receiver) return 'receiver: there is no such wallet';
  const kind = form.get('quickpay-form');
  if (kind === null || !['button', 'shop', 'small', 'donate'].includes(kind)) {
    return 'quickpay-form is not one of button, shop, small, donate';
  }
  const paymentType = form.get('paymentType');
  if (paymentType !== 'PC' && paymentType !== 'AC') return 'paymentType is neither PC nor AC';
  const sumMinor = kopecks(form.get('sum') ?? '');
  if (sumMinor === undefined) return 'sum is not a sum of roubles';
  const label = form.get('label') ?? '';
  if (label.length > 64) return 'label is longer than 64 characters';
  const successUrl = form.get('successURL') ?? undefined;
  if (successUrl !== undefined && !isWebAddress(successUrl)) return 'successURL is no address';
  return { receiver, paymentType, sumMinor, label, successUrl };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Undefined for what is no sum a payer may be debited. */
function kopecks(text: string): number | undefined {
  const found = /^(0|[1-9]\d{0,8})\.(\d{2})$/.exec(text);
  if (found === null) return undefined;
  const minor = Number(found[1]) * 100 + Number(found[2]);
  return minor >= 1 && minor <= most ? minor : undefined;
}
