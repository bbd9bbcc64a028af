import { createHash } from 'node:crypto';
import { BoundedMap } from '../bounded-map.ts';
import type { OrderedReceipt } from './fiscal-order-body.ts';

const mostDocuments = 10_000;
const drive = '9999078900001234';

export interface FiscalDocument {
  readonly key: string;
  readonly ordered: OrderedReceipt;
  /** How often it is still answered that there is none yet. */
  waits: number;
  readonly number: number;
  readonly at: string;
}

/** One register with one drive: documents are numbered without gaps and never made twice for a key. */
export class FiscalDocuments {
  readonly #byKey = new BoundedMap<string, FiscalDocument>(mostDocuments);
  #last = 1046;

  /** The document of a key; `other` when the key was used for something else. */
  take(key: string, ordered: OrderedReceipt, waits: number, at: string): FiscalDocument | 'other' {
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      return JSON.stringify(known.ordered) === JSON.stringify(ordered) ? known : 'other';
    }
    this.#last += 1;
    const made = { key, ordered, waits, number: this.#last, at };
    this.#byKey.set(key, made);
    return made;
  }

  all(): readonly FiscalDocument[] {
    return this.#byKey.newestFirst();
  }

  clear(): void {
    this.#byKey.clear();
    this.#last = 1046;
  }
}

/** What a register prints, in the names of operators of fiscal data. */
export function printed({ ordered, number, at }: FiscalDocument): object {
  const sign = signOf(`${drive}:${String(number)}:${ordered.totalSum}`);
  const t = at.slice(0, 16).replaceAll(/[-:]/g, '');
  const parts = [`t=${t}`, `s=${ordered.totalSum}`, `fn=${drive}`, `i=${String(number)}`];
  return {
    operationType: ordered.operationType,
    dateTime: at,
    totalSum: ordered.totalSum,
    user: 'ООО «Ромашка»',
    userInn: '7700000000',
    taxationType: ordered.taxationType,
    retailPlace: ordered.retailPlace,
    kktRegId: '0000000001012345',
    fiscalDriveNumber: drive,
    fiscalDocumentNumber: String(number),
    fiscalSign: sign,
    shiftNumber: 12,
    requestNumber: number - 1046,
    taxServiceSite: 'www.nalog.gov.ru',
    qr: [...parts, `fp=${sign}`, `n=${String(ordered.operationType)}`].join('&'),
  };
}

const signOf = (text: string): string =>
  String(createHash('sha256').update(text).digest().readUInt32BE(0));
