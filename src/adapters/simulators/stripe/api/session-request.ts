import type { RequestForm } from './request-form.ts';
import { invalidRequest } from './stripe-problem.ts';
import type { Session } from '../stripe-objects.ts';

const HALF_HOUR_SECONDS = 30 * 60;
const DAY_SECONDS = 24 * 60 * 60;
/** Clocks of the shop and the acquirer may differ this much at the edges of `expires_at`. */
const CLOCK_SLACK_SECONDS = 60;

const known: readonly RegExp[] = [
  /^(mode|client_reference_id|success_url|cancel_url|customer_email|locale|expires_at)$/,
  /^(ui_mode|submit_type)$/,
  /^line_items\[\d+\]\[quantity\]$/,
  /^line_items\[\d+\]\[price_data\]\[(currency|unit_amount)\]$/,
  /^line_items\[\d+\]\[price_data\]\[product_data\]\[(name|description)\]$/,
  /^allowed_payment_method_types\[\d*\]$/,
  /^payment_intent_data\[(capture_method|description|statement_descriptor_suffix)\]$/,
  /^(payment_intent_data\[metadata\]|metadata)\[[^\]]+\]$/,
  /^expand\[\d*\]$/,
];

export type NewSession = Omit<Session, 'id' | 'created' | 'status' | 'paymentStatus' | 'intent'>;

/** Reads the parameters of a new session; throws a 400 problem naming the bad one. */
export function readSessionRequest(form: RequestForm, nowSeconds: number): NewSession {
  form.allowOnly(known);
  checkWords(form);
  const clientReferenceId = form.text('client_reference_id');
  if (clientReferenceId !== undefined && clientReferenceId.length > 200) {
    throw invalidRequest('Invalid string: must be at most 200 characters', 'client_reference_id');
  }
  const metadata = form.group('metadata');
  return {
    paymentId: clientReferenceId ?? metadata['payment_id'] ?? '',
    clientReferenceId,
    metadata,
    intentMetadata: form.group('payment_intent_data[metadata]'),
    captureMethod:
      form.choice('payment_intent_data[capture_method]', ['automatic', 'manual']) ?? 'automatic',
    intentDescription: form.text('payment_intent_data[description]'),
    successUrl: readUrl('success_url', form.required('success_url')),
    cancelUrl: optionalUrl(form),
    locale: form.choice('locale', ['auto', 'ru', 'en']),
    customerEmail: form.text('customer_email'),
    expiresAt: readExpiry(form, nowSeconds),
    ...readLines(form),
  };
}

function checkWords(form: RequestForm): void {
  form.required('mode');
  form.choice('mode', ['payment']);
  form.choice('ui_mode', ['hosted_page']);
  for (const name of form.names()) {
    if (name.startsWith('allowed_payment_method_types[')) form.choice(name, ['card']);
  }
}

function readUrl(name: string, value: string): string {
  const plain = value.replaceAll('{CHECKOUT_SESSION_ID}', 'id');
  const url = URL.canParse(plain) ? new URL(plain) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw invalidRequest(`Not a valid URL: ${name}`, name, 'url_invalid');
  }
  return value;
}

function optionalUrl(form: RequestForm): string | undefined {
  const value = form.text('cancel_url');
  return value === undefined ? undefined : readUrl('cancel_url', value);
}

function readExpiry(form: RequestForm, nowSeconds: number): number {
  const expiresAt = form.whole('expires_at') ?? nowSeconds + DAY_SECONDS;
  const earliest = nowSeconds + HALF_HOUR_SECONDS - CLOCK_SLACK_SECONDS;
  const latest = nowSeconds + DAY_SECONDS + CLOCK_SLACK_SECONDS;
  if (expiresAt >= earliest && expiresAt <= latest) return expiresAt;
  throw invalidRequest(
    'The `expires_at` timestamp must be between 30 minutes and 24 hours from now',
    'expires_at',
  );
}

function readLines(form: RequestForm): Pick<Session, 'amountTotal' | 'currency' | 'name'> {
  const name = form.required('line_items[0][price_data][product_data][name]');
  const currency = form.required('line_items[0][price_data][currency]').toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) {
    throw invalidRequest(`Invalid currency: ${currency}`, 'line_items[0][price_data][currency]');
  }
  return { name, currency, amountTotal: total(form, currency) };
}

function total(form: RequestForm, currency: string): number {
  let sum = 0;
  for (const name of form.names()) {
    const line = /^(line_items\[\d+\])\[quantity\]$/.exec(name)?.[1];
    if (line === undefined) continue;
    const unitName = `${line}[price_data][unit_amount]`;
    const unit = form.whole(unitName);
    if (unit === undefined) form.required(unitName);
    if (form.required(`${line}[price_data][currency]`).toLowerCase() !== currency) {
      throw invalidRequest('All line items must have the same currency', 'line_items');
    }
    sum += (unit ?? 0) * (form.whole(name) ?? 0);
  }
  if (sum > 0 && Number.isSafeInteger(sum)) return sum;
  throw invalidRequest('The total amount must be above zero', 'line_items', 'amount_too_small');
}
