import { invariant } from '../invariant.ts';
import { ok, refused, type Result } from '../result.ts';
import type { CodePage } from './code-page.ts';
import {
  type FieldFault,
  type FieldName,
  fieldFault,
  fieldNames,
  mandatoryFields,
  type OrderFields,
} from './order-fields.ts';

/** What stands between two fields, the usual one first. Source: GOST R 56042-2014. */
export const separators = [...'|@;:^_~{}!#$%&()*+,/'] as const;
/** Bytes of the mandatory fields with their names and what stands between them. */
export const mostMandatoryBytes = 300;

export type WriteOrderRefusal =
  | FieldFault
  | { readonly reason: 'letter-unknown'; readonly field: FieldName; readonly letter: string }
  | {
      readonly reason: 'mandatory-fields-too-long';
      readonly bytes: number;
      readonly most: number;
    }
  | { readonly reason: 'no-separator-left' };

/**
 * The bytes of a payment order for a QR picture in byte mode: `ST0001`, the digit of the code page, the separator and
 * the fields, mandatory ones first. Refuses whatever a bank's reader may take for something else, by the first field
 * that does not do. Source: GOST R 56042-2014.
 */
export function writeOrder(
  order: OrderFields,
  codePage: CodePage,
): Result<Uint8Array, WriteOrderRefusal> {
  const written: string[] = [];
  for (const field of fieldNames) {
    const value = order[field];
    const fault = fieldFault(field, value) ?? letterFault(field, value, codePage);
    if (fault !== undefined) return refused(fault);
    if (value !== undefined) written.push(`${field}=${value}`);
  }
  const separator = separators.find((sign) => written.every((pair) => !pair.includes(sign)));
  if (separator === undefined) return refused({ reason: 'no-separator-left' });

  const mandatory = written.slice(0, mandatoryFields.length).join(separator);
  const bytes = encoded(mandatory, codePage).length;
  if (bytes > mostMandatoryBytes) {
    return refused({ reason: 'mandatory-fields-too-long', bytes, most: mostMandatoryBytes });
  }
  const all = [`ST0001${codePage.digit}`, ...written].join(separator);
  return ok(encoded(all, codePage));
}

function letterFault(
  field: FieldName,
  value: string | undefined,
  codePage: CodePage,
): WriteOrderRefusal | undefined {
  const bytes = codePage.encode(value ?? '');
  return 'unknown' in bytes
    ? { reason: 'letter-unknown', field, letter: bytes.unknown }
    : undefined;
}

function encoded(text: string, codePage: CodePage): Uint8Array {
  const bytes = codePage.encode(text);
  invariant(!('unknown' in bytes), 'every value was encoded before, and the rest is ASCII');
  return bytes;
}
