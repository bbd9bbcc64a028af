import type { Reading } from '../../../application/ports/payment-provider.ts';
import { instrumentOf } from '../../../domain/instrument.ts';
import { isProved, type HashedValues } from './webmoney-hashes.ts';
import { fromMoscowTime, fromPurseAmount } from './webmoney-money.ts';

export interface NoticeSettings {
  readonly purse: string;
  /** The purse's secret keys; two while one is being replaced. */
  readonly secretKeys: readonly string[];
  /** How the purse is set to hash. */
  readonly hashMethod: 'sha256' | 'md5';
  readonly mode: 'live' | 'test';
}

/** Reads what WebMoney posts to the result address: its question before a payment, or the payment itself. */
export function readNotice(body: Uint8Array, settings: NoticeSettings): Reading {
  // Without parameters the question still comes: the proof after it decides.
  if (body.length === 0) return { tag: 'question', of: undefined, amount: undefined };
  const form = formOf(body);
  if (form === undefined) return malformed;
  if (form.get('LMI_PREREQUEST') === '1') return question(form, settings);
  if (form.get('LMI_FAILREQUEST') === '1') return { tag: 'ignored', why: 'an attempt failed' };
  return proof(form, settings);
}

const malformed: Reading = { tag: 'refused', why: 'malformed' };

/** The fields by name; undefined where one of WebMoney's own comes twice or the bytes are no form. */
function formOf(body: Uint8Array): ReadonlyMap<string, string> | undefined {
  // Everything that counts is ASCII, whatever the page's encoding does to the rest.
  const text = new TextDecoder('latin1').decode(body);
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name) && name.startsWith('LMI_')) return undefined;
    fields.set(name, value);
  }
  return fields.size === 0 ? undefined : fields;
}

const numberOf = (text: string | undefined): number | undefined => {
  const number = Number(text);
  return /^\d{1,10}$/.test(text ?? '') && number >= 1 && number <= 2_147_483_647
    ? number
    : undefined;
};

function question(form: ReadonlyMap<string, string>, settings: NoticeSettings): Reading {
  const number = numberOf(form.get('LMI_PAYMENT_NO'));
  if (number === undefined) return malformed;
  const isOurs =
    form.get('LMI_PAYEE_PURSE') === settings.purse &&
    modeOf(form.get('LMI_MODE')) === settings.mode;
  // Asked for another purse or in another mode, the answer is no: no sum fits an unknown one.
  const amount = isOurs
    ? fromPurseAmount(form.get('LMI_PAYMENT_AMOUNT') ?? '', settings.purse)
    : undefined;
  return { tag: 'question', of: { by: 'number', number }, amount };
}

const modeOf = (text: string | undefined): 'live' | 'test' | undefined => {
  if (text === '0') return 'live';
  return text === '1' ? 'test' : undefined;
};

function proof(form: ReadonlyMap<string, string>, settings: NoticeSettings): Reading {
  const values = hashedValues(form);
  const number = numberOf(values?.number);
  if (values === undefined || number === undefined) return malformed;
  const given = { hash: form.get('LMI_HASH'), hash2: form.get('LMI_HASH2') };
  if (given.hash === undefined && given.hash2 === undefined) {
    return { tag: 'refused', why: 'unsigned' };
  }
  if (!isProved(values, given, settings.secretKeys, settings.hashMethod)) {
    return { tag: 'refused', why: 'signature' };
  }
  if (values.purse !== settings.purse) return { tag: 'refused', why: 'payee' };
  const mode = modeOf(values.mode);
  if (mode !== settings.mode) return { tag: 'refused', why: 'mode' };
  const instrument = instrumentOf(values.payerPurse);
  return {
    tag: 'proof',
    eventKey: `${values.purse}:${values.transfer}`,
    of: { by: 'number', number },
    claim: {
      state: 'paid',
      ref: values.transfer,
      amount: fromPurseAmount(values.amount, values.purse),
      mode,
      reason: undefined,
      paidAt: fromMoscowTime(values.date),
      ...(instrument && { instrument }),
    },
  };
}

/** What the hashes cover; undefined while a part of it is missing. */
function hashedValues(form: ReadonlyMap<string, string>): HashedValues | undefined {
  const names = [
    ...['LMI_PAYEE_PURSE', 'LMI_PAYMENT_AMOUNT', 'LMI_PAYMENT_NO', 'LMI_MODE', 'LMI_SYS_INVS_NO'],
    ...['LMI_SYS_TRANS_NO', 'LMI_SYS_TRANS_DATE', 'LMI_PAYER_PURSE', 'LMI_PAYER_WM'],
  ];
  const texts = names.map((name) => form.get(name) ?? '');
  if (texts.includes('')) return undefined;
  const [purse = '', amount = '', number = '', mode = '', invoice = ''] = texts;
  const [transfer = '', date = '', payerPurse = '', payerWmid = ''] = texts.slice(5);
  const hold = form.get('LMI_HOLD');
  return { purse, amount, hold, number, mode, invoice, transfer, date, payerPurse, payerWmid };
}
