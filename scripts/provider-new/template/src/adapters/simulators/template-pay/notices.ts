import { createHmac, randomUUID } from 'node:crypto';
import type { Notice } from '../../../../../../../src/adapters/simulators/notifier.ts';
import { told, type Payment } from './payments.ts';

/** The ways a notification can be made bad. Truly signed: another sum, another currency, a state nobody knows. */
export const forgeries = [
  ...(['signature', 'secret', 'unsigned', 'body', 'amount', 'currency', 'other-shape'] as const),
];
export type Forgery = (typeof forgeries)[number];

/** What the shop is told of a payment: its JSON, signed over the raw bytes. */
export function noticeOf(payment: Payment, secretKey: string, forgery?: Forgery): Notice {
  const fields = { ...told(payment), ...(forgery === 'other-shape' && { state: 'unheard-of' }) };
  const text = JSON.stringify(fields);
  const key = forgery === 'secret' ? `${secretKey}-of-somebody-else` : secretKey;
  const hex = createHmac('sha256', key).update(text, 'utf8').digest('hex');
  const signature =
    forgery === 'signature' ? (hex.startsWith('0') ? '1' : '0') + hex.slice(1) : hex;
  const headers = {
    'content-type': 'application/json',
    ...(forgery !== 'unsigned' && { 'x-signature': signature }),
  };
  // The same meaning in other bytes than those that were signed.
  const body = forgery === 'body' ? `${text} ` : text;
  const { id: paymentId, standing: kind } = payment;
  const repeats = forgery === undefined;
  return { id: randomUUID(), paymentId, kind, repeats, write: () => ({ headers, body }) };
}
