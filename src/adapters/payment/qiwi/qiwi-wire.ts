import type {
  CreateCommand,
  Created,
  Reading,
} from '../../../application/ports/payment-provider.ts';
import type { Money } from '../../../domain/money.ts';
import type { Claim, ClaimedState } from '../../../domain/payment-claim.ts';
import type { RefundClaim } from '../../../domain/refund-settlement.ts';
import { isoText, parseInstant, type Instant } from '../../../domain/time.ts';
import { shortened } from '../shortened.ts';
import { fromQiwiAmount, toQiwiAmount } from './qiwi-money.ts';
import { billShape, readJson, type QiwiBill, type QiwiRefund } from './qiwi-objects.ts';
import { isSignedBy } from './qiwi-signature.ts';

type Mode = Claim['mode'];

const longestComment = 255;
/** One way to pay, or several with commas between. */
const waysToPay = /^(qw|card|mobile)(,(qw|card|mobile)){0,2}$/;

/** What we ask for; undefined when it cannot be charged there. The same command asks the same. */
export function billRequest(command: CreateCommand): object | undefined {
  const { method, description, expiresAt } = command;
  const amount = toQiwiAmount(command.amount);
  if (amount === undefined || (method !== undefined && !waysToPay.test(method))) return undefined;
  return {
    amount,
    expirationDateTime: zonedText(expiresAt),
    comment: shortened(description, longestComment),
    ...(method !== undefined && { customFields: { paySourcesFilter: method } }),
  };
}

/** Whole seconds with the zone spelled out: `2026-03-11T09:00:00+00:00`. */
const zonedText = (at: Instant): string => `${isoText(at).slice(0, 19)}+00:00`;

export function refundRequest(sum: Money): object | undefined {
  const amount = toQiwiAmount(sum);
  return amount && { amount };
}

/** Where the payer goes; undefined when the bill tells no page. One whose bill is closed comes straight back to us. */
export function createdFrom(bill: QiwiBill, returnUrl: string): Created | undefined {
  const expiresAt = parseInstant(bill.expirationDateTime ?? '');
  const known = { ref: bill.billId, ...(expiresAt !== undefined && { expiresAt }) };
  if (stateOf(bill) !== 'open') return { ...known, redirect: { kind: 'get', url: returnUrl } };
  if (bill.payUrl === undefined) return undefined;
  const url = new URL(bill.payUrl);
  url.searchParams.set('successUrl', returnUrl);
  return { ...known, redirect: { kind: 'get', url: url.href } };
}

const states: Readonly<Record<string, ClaimedState>> = {
  WAITING: 'open',
  PAID: 'paid',
  REJECTED: 'canceled',
  EXPIRED: 'expired',
};
const stateOf = ({ status }: QiwiBill): ClaimedState | undefined =>
  Object.hasOwn(states, status.value) ? states[status.value] : undefined;

/** What a bill says when we ask; undefined for a status nobody has heard of. */
export function claimFrom(bill: QiwiBill, mode: Mode): Claim | undefined {
  const claim = signedClaim(bill, mode);
  if (claim?.state !== 'paid') return claim;
  const { changedDateTime, datetime } = bill.status;
  return { ...claim, paidAt: parseInstant(changedDateTime ?? datetime ?? '') };
}

/** As much of it as a signature covers: not when it was paid. */
function signedClaim(bill: QiwiBill, mode: Mode): Claim | undefined {
  const state = stateOf(bill);
  return (
    state && {
      ...{ state, ref: bill.billId, amount: fromQiwiAmount(bill.amount), mode },
      ...{ reason: undefined, paidAt: undefined },
    }
  );
}

/** What a refund says of itself; undefined for a status nobody has heard of. It tells whether the rest is left. */
export function refundClaimFrom(refund: QiwiRefund): RefundClaim | undefined {
  if (refund.status !== 'PARTIAL' && refund.status !== 'FULL') return undefined;
  return { state: 'succeeded', ref: refund.refundId, amount: fromQiwiAmount(refund.amount) };
}

export interface NoticeSettings {
  readonly siteId: string;
  /** Keys a notification may be signed with. */
  readonly keys: readonly string[];
  readonly mode: Mode;
}

const malformed: Reading = { tag: 'refused', why: 'malformed' };

/** Reads a notification; `signature` is the header it came with. */
export function readNotice(
  body: Uint8Array,
  signature: string | readonly string[] | undefined,
  { siteId, keys, mode }: NoticeSettings,
): Reading {
  const bill = billOf(body);
  if (bill === undefined) return malformed;
  const { billId, amount, status } = bill;
  const values = { ...amount, billId, siteId: bill.siteId, status: status.value };
  // The values are signed with this between them: one that has it could take over a part of the next.
  if (Object.values(values).some((text) => text.includes('|'))) return malformed;
  if (signature === undefined) return { tag: 'refused', why: 'unsigned' };
  if (!isSignedBy(values, signature, keys)) return { tag: 'refused', why: 'signature' };
  if (bill.siteId !== siteId) return { tag: 'refused', why: 'payee' };

  const claim = signedClaim(bill, mode);
  if (claim === undefined) return { tag: 'ignored', why: 'a status nobody has heard of' };
  // It could only overtake our own call's answer, which alone tells where the payer goes.
  if (claim.state === 'open') return { tag: 'ignored', why: 'nothing is paid yet' };
  const eventKey = `${billId}:${status.value}`;
  return { tag: 'proof', eventKey, of: { by: 'id', id: billId }, claim };
}

function billOf(body: Uint8Array): QiwiBill | undefined {
  const json = readJson(textOf(body) ?? '');
  const bill = typeof json === 'object' && json !== null && 'bill' in json ? json.bill : undefined;
  return billShape.safeParse(bill).data;
}

function textOf(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
