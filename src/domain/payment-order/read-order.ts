import { ok, refused, type Result } from '../result.ts';
import type { CodePage, CodePageDigit, CodePages } from './code-page.ts';
import {
  type FieldFault,
  fieldFault,
  fieldNamed,
  type FieldName,
  mandatoryFields,
  type OrderFields,
} from './order-fields.ts';

export interface OrderRead {
  readonly codePage: CodePageDigit;
  readonly separator: string;
  /** As they were written, with our spelling of the names; the same field said twice with one value counts once. */
  readonly fields: OrderFields;
  /** Names the standard does not have, with their values. */
  readonly unknown: readonly (readonly [name: string, value: string])[];
}

export type ReadOrderRefusal =
  | FieldFault
  | { readonly reason: 'not-a-payment-order' }
  | { readonly reason: 'version-unknown'; readonly version: string }
  | { readonly reason: 'code-page-unknown'; readonly digit: string }
  | { readonly reason: 'not-in-its-code-page'; readonly codePage: CodePageDigit }
  | { readonly reason: 'pair-without-name'; readonly pair: string; readonly position: number }
  | { readonly reason: 'field-said-twice'; readonly field: FieldName };

const headLength = 8;

/**
 * Reads the bytes of a payment order as bills in circulation have them: names in any letter case and order, empty
 * values, a separator at the end. What decides where money goes and how much (the mandatory fields and the sum) is
 * held to the standard; the rest is taken as it stands. `position` counts pairs from 1.
 */
export function readOrder(
  bytes: Uint8Array,
  codePages: CodePages,
): Result<OrderRead, ReadOrderRefusal> {
  const head = String.fromCharCode(...bytes.subarray(0, headLength));
  if (head.length < headLength || !head.startsWith('ST')) {
    return refused({ reason: 'not-a-payment-order' });
  }
  const version = head.slice(2, 6);
  if (version !== '0001') return refused({ reason: 'version-unknown', version });
  const digit = head.charAt(6);
  const codePage = codePageOf(digit, codePages);
  if (codePage === undefined) return refused({ reason: 'code-page-unknown', digit });
  const text = codePage.decode(bytes.subarray(headLength));
  if (text === undefined) {
    return refused({ reason: 'not-in-its-code-page', codePage: codePage.digit });
  }

  const separator = head.charAt(7);
  const pairs = pairsOf(text, separator);
  if (!pairs.ok) return pairs;
  const fields: Partial<Record<FieldName, string>> = {};
  const unknown: [string, string][] = [];
  for (const [name, value] of pairs.value) {
    const field = fieldNamed(name);
    if (field === undefined) unknown.push([name, value]);
    else if ((fields[field] ?? value) === value) fields[field] = value;
    else return refused({ reason: 'field-said-twice', field });
  }
  for (const field of [...mandatoryFields, 'Sum'] as const) {
    const fault = fieldFault(field, fields[field]);
    if (fault !== undefined) return refused(fault);
  }
  return ok({ codePage: codePage.digit, separator, fields, unknown });
}

const codePageOf = (digit: string, codePages: CodePages): CodePage | undefined =>
  digit === '1' || digit === '2' || digit === '3' ? codePages[digit] : undefined;

/** Only the first `=` of a pair is between name and value. */
function pairsOf(
  text: string,
  separator: string,
): Result<readonly (readonly [string, string])[], ReadOrderRefusal> {
  const parts = text.split(separator);
  if (parts.at(-1) === '') parts.pop();
  const pairs: [string, string][] = [];
  for (const [n, pair] of parts.entries()) {
    const at = pair.indexOf('=');
    if (at < 1) return refused({ reason: 'pair-without-name', pair, position: n + 1 });
    pairs.push([pair.slice(0, at).trim(), pair.slice(at + 1)]);
  }
  return ok(pairs);
}
