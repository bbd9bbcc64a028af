import type { CreateCommand, Reading } from '../../../application/ports/payment-provider.ts';
import { decimalText, isPositive, parseDecimal, type Money } from '../../../domain/money.ts';
import { instrumentOf } from '../../../domain/instrument.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import { parseInstant } from '../../../domain/time.ts';
import { provedBy, readForm, type Fields } from './yoomoney-quickpay-signature.ts';

/** `PC`: from a wallet; `AC`: from a bank card. */
export type PaymentType = 'PC' | 'AC';

export interface FormSettings {
  /** The wallet's number. */
  readonly receiver: string;
  /** What is paid with, where the command does not say. */
  readonly paymentType: PaymentType;
}

export interface NoticeSettings {
  /** The wallet's notification secrets; two while one is being replaced. */
  readonly secrets: readonly string[];
  /** Take the old `sha1_hash` where there is no `sign`. The provider sends it no more since May 2026. */
  readonly acceptsSha1: boolean;
  readonly mode: 'live' | 'test';
}

/** The fields of the form; undefined when there is none for this command. The same command makes the same form. */
export function formFields(
  { amount, method, paymentId, returnUrl }: CreateCommand,
  settings: FormSettings,
): readonly (readonly [string, string])[] | undefined {
  const paymentType = method ?? settings.paymentType;
  if (paymentType !== 'PC' && paymentType !== 'AC') return undefined;
  if (amount.currency !== 'RUB' || !isPositive(amount)) return undefined;
  return [
    ['receiver', settings.receiver],
    ['quickpay-form', 'button'],
    ['paymentType', paymentType],
    ['sum', decimalText(amount)],
    ['label', paymentId],
    ['successURL', returnUrl],
  ];
}

const malformed: Reading = { tag: 'refused', why: 'malformed' };
const ignored = (why: string): Reading => ({ tag: 'ignored', why });

/** Roubles by number in ISO 4217: the wallet keeps nothing else. */
const roubles = '643';

/** Reads what the wallet posts. Its signature names the wallet: nothing else in it does. */
export function readNotice(body: Uint8Array, settings: NoticeSettings): Reading {
  const fields = readForm(body);
  if (fields === undefined) return malformed;
  if (!fields.has('sign') && !fields.has('sha1_hash')) return { tag: 'refused', why: 'unsigned' };
  const proved = provedBy(fields, settings.secrets, settings.acceptsSha1);
  if (proved === undefined) return { tag: 'refused', why: 'signature' };

  const type = fields.get('notification_type');
  if (type !== 'p2p-incoming' && type !== 'card-incoming') {
    return ignored('nothing is known of this kind of notification');
  }
  const operationId = fields.get('operation_id') ?? '';
  // By both signs of it, since the old hash covers only one.
  if (isSaid(fields, 'test_notification') || operationId === 'test-notification') {
    return ignored('the test button of the cabinet');
  }
  if (isSaid(fields, 'codepro')) return ignored('protected by a code: the money is not ours');
  if (isSaid(fields, 'unaccepted')) return ignored('not credited to the wallet yet');
  if (!/^[\w.-]{1,64}$/.test(operationId)) return malformed;

  const claim = claimFrom(fields, proved, settings.mode);
  return { tag: 'proof', eventKey: operationId, of: { by: 'id', id: labelOf(fields) }, claim };
}

/** What a believed notification says of the payment. */
function claimFrom(fields: Fields, proved: 'sign' | 'sha1', mode: Claim['mode']): Claim {
  const { debited, credited } = sumsOf(fields, proved);
  // Only a transfer from a wallet has a sender.
  const instrument = instrumentOf(fields.get('sender'));
  return {
    state: 'paid',
    ref: fields.get('operation_id'),
    amount: debited,
    mode,
    reason: undefined,
    paidAt: parseInstant(fields.get('datetime') ?? ''),
    ...(credited !== undefined && { credited }),
    ...(instrument && { instrument }),
  };
}

const isSaid = (fields: Fields, name: string): boolean =>
  fields.get(name)?.trim().toLowerCase() === 'true';

/** The payer may have written anything there: what is not our id only helps people to find whose money it is. */
const labelOf = (fields: Fields): string =>
  (fields.get('label') ?? '').replace(/\p{Cc}/gu, '\u{FFFD}');

interface Sums {
  /** What the payer paid; undefined when it cannot be told: then people look. */
  readonly debited: Money | undefined;
  /** What is left of it after the wallet's fee. */
  readonly credited: Money | undefined;
}

function sumsOf(fields: Fields, proved: 'sign' | 'sha1'): Sums {
  if (fields.get('currency') !== roubles) return { debited: undefined, credited: undefined };
  const debited = sumOf(fields.get('withdraw_amount'));
  const credited = sumOf(fields.get('amount'));
  if (proved === 'sha1' && !isWithFee(debited, credited, fields.get('notification_type'))) {
    return { debited: undefined, credited };
  }
  return { debited, credited };
}

/** `98.00`, exactly; also `98` and `98.0`, which are the same sum. */
const sumOf = (text = ''): Money | undefined =>
  parseDecimal(/\.\d$/.test(text) ? `${text}0` : text, 'RUB');

/**
 * Whether the sum debited is the credited one and the known fee, to a kopeck: the old hash covers the credited sum
 * only, so the other counts as far as it follows from it.
 */
function isWithFee(
  debited: Money | undefined,
  credited: Money | undefined,
  type: string | undefined,
): boolean {
  if (debited === undefined || credited === undefined) return false;
  // Of 101 from a wallet 100 arrive, of 100 from a card 97.
  const [whole, left] = type === 'card-incoming' ? [100n, 97n] : [101n, 100n];
  const off = debited.minor * left - credited.minor * whole;
  return (off < 0n ? -off : off) <= whole;
}
