import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import {
  yoomoneyQuickpay,
  type YoomoneyQuickpaySettings,
} from '../../../src/adapters/payment/yoomoney-quickpay/yoomoney-quickpay.ts';
import type {
  CreateCommand,
  RawRequest,
  Reading,
} from '../../../src/application/ports/payment-provider.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money, type Money } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';
import { freshId } from '../../support/given.ts';

export const secret = 'secret123';
export const receiver = '41001000000001';
export const rub = (minor: bigint): Money => money(minor, 'RUB');

export const settingsAt = (url: string): YoomoneyQuickpaySettings => ({
  formUrl: `${url}/quickpay/confirm`,
  ...{ receiver, secrets: [secret], paymentType: 'AC', acceptsSha1: false, mode: 'test' },
});

export const command = (over: Partial<CreateCommand> = {}): CreateCommand => ({
  ...{ paymentId: freshId<PaymentId>(), amount: rub(10_000n), description: 'Счёт' },
  returnUrl: 'https://kabinet.example/payments/1?from=«дом»&a=1',
  expiresAt: instant(Date.now() + 3_600_000),
  ...over,
});

/** The notification of the worked vector, without a signature. */
export const vector: Readonly<Record<string, string>> = {
  ...{ notification_type: 'p2p-incoming', operation_id: '441361714955017004' },
  ...{ amount: '98.00', withdraw_amount: '100.00', currency: '643' },
  ...{ datetime: '2013-12-26T08:28:34Z', sender: '41000000000', codepro: 'false' },
  ...{ label: 'ML23045', unaccepted: 'false' },
  sha1_hash: 'ac13833bd6ba9eff1fa9e4bed76f3d6ebb57f6c0',
};

/** Signs fields; written again here, so that the test does not trust what it tests. */
export function signed(fields: Record<string, string>, key = secret): Record<string, string> {
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${percent(fields[name] ?? '')}`)
    .join('&');
  return { ...fields, sign: createHmac('sha256', key).update(text).digest('hex') };
}

const percent = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (/[A-Za-z0-9._~-]/.test(character)) return character;
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

/** The old hash in place of the signature. */
export function hashed(fields: Record<string, string>, key = secret): Record<string, string> {
  const { notification_type: type, operation_id: id, amount, currency, datetime } = fields;
  const { sender, codepro, label } = fields;
  const text = [type, id, amount, currency, datetime, sender, codepro, key, label].join('&');
  return { ...fields, sha1_hash: createHash('sha1').update(text).digest('hex') };
}

export const form = (fields: Record<string, string>): string =>
  new URLSearchParams(fields).toString();
export const raw = (body: string | Uint8Array): RawRequest => ({
  ...{ headers: {}, body: typeof body === 'string' ? Buffer.from(body) : body },
});

export function read(
  body: string | Uint8Array,
  over: Partial<YoomoneyQuickpaySettings> = {},
): Reading {
  const provider = yoomoneyQuickpay({ ...settingsAt('http://wallet.example'), ...over });
  return provider.readNotification(raw(body), instant(0));
}

export const badSignature = { tag: 'refused', why: 'signature' } as const;
export const malformed = { tag: 'refused', why: 'malformed' } as const;

export function proved(reading: Reading) {
  assert.ok(reading.tag === 'proof', reading.tag);
  return reading;
}
