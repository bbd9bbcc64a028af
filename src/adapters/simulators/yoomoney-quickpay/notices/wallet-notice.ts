import { randomUUID } from 'node:crypto';
import type { Notice } from '../../notifier.ts';
import { legacyHash, signOf, type Fields } from './notice-signature.ts';
import { creditedOf, roubles, type Transfer } from '../transfer.ts';

/**
 * The ways a notification can be bad. Truly signed: another sum, currency, label, or a kind nobody knows. `body`: more
 * than was signed; `doubled`: a name given twice; `sha1`: the old digest alone; `legacy`: a good old digest beside a
 * wrong signature.
 */
export const forgeries = [
  'signature',
  'secret',
  'unsigned',
  'body',
  'amount',
  'currency',
  'label',
  'doubled',
  'sha1',
  'legacy',
  'other-shape',
] as const;
export type Forgery = (typeof forgeries)[number];

/** Fields that are not as usual. */
export type Unusual = Readonly<Record<string, string>>;

/** A notification of a transfer; with a forgery, one that must not count. */
export function walletNotice(
  transfer: Transfer,
  secret: string,
  unusual: Unusual = {},
  forgery?: Forgery,
): Notice {
  const fields = new Map([
    ...usualFields(transfer),
    ...Object.entries(unusual),
    ...Object.entries(falsified(transfer, forgery)),
  ]);
  const body = encoded(signed(fields, secret, forgery), forgery);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const id = randomUUID();
  const repeats = forgery === undefined;
  const kind = fields.get('notification_type') ?? '';
  return { id, paymentId: transfer.label, kind, write: () => ({ headers, body }), repeats };
}

function usualFields(transfer: Transfer): readonly [string, string][] {
  const { debited, paymentType, operationId, paidAt, label } = transfer;
  const isWallet = paymentType === 'PC';
  return [
    ['notification_type', isWallet ? 'p2p-incoming' : 'card-incoming'],
    ['operation_id', operationId ?? ''],
    ['amount', roubles(creditedOf(debited, paymentType))],
    ['withdraw_amount', roubles(debited)],
    ['currency', '643'],
    ['datetime', `${new Date(paidAt ?? 0).toISOString().slice(0, 19)}Z`],
    ['sender', isWallet ? '41000000000001' : ''],
    ['codepro', 'false'],
    ['label', label],
    ['unaccepted', 'false'],
  ];
}

function falsified(transfer: Transfer, forgery: Forgery | undefined): Unusual {
  switch (forgery) {
    case 'currency':
      return { currency: '840' };
    case 'label':
      return { label: transfer.label.slice(0, -1) + (transfer.label.endsWith('x') ? 'y' : 'x') };
    case 'other-shape':
      return { notification_type: 'unheard-of-incoming' };
    default:
      return {};
  }
}

function signed(fields: Map<string, string>, secret: string, forgery: Forgery | undefined): Fields {
  switch (forgery) {
    case 'unsigned':
      return fields;
    case 'sha1':
      return fields.set('sha1_hash', legacyHash(fields, secret));
    case 'secret':
      return fields.set('sign', signOf(fields, `${secret}-of-somebody-else`));
    case 'signature':
      return fields.set('sign', flipped(signOf(fields, secret)));
    case 'legacy':
      fields.set('sha1_hash', legacyHash(fields, secret));
      return fields.set('sign', flipped(signOf(fields, secret)));
    case 'body':
      // Signed, then made more: the sum covered by the signature is not the one told.
      fields.set('sign', signOf(fields, secret));
      return fields.set('withdraw_amount', `${fields.get('withdraw_amount') ?? ''}0`);
    default:
      return fields.set('sign', signOf(fields, secret));
  }
}

function flipped(hex: string): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
}

function encoded(fields: Fields, forgery: Forgery | undefined): string {
  const body = new URLSearchParams([...fields]).toString();
  return forgery === 'doubled' ? `${body}&unaccepted=false` : body;
}
