import { type BankFileItem, BankFileRefused } from '../../../application/ports/bank-file.ts';
import { type Currency, isCurrency } from '../../../domain/currency.ts';
import type { CalendarDay } from '../../../domain/time.ts';
import { amountOf, dayOf, movementOf, signedOf } from './camt-values.ts';
import { camtKinds } from './camt-writer.ts';
import { at, type RefuseRoot, textAt, type XmlElement, xmlElements } from './xml-elements.ts';

/** Elements whose children are read one by one: a statement holds any number of entries. */
const containers = new Set<string>([
  'Document',
  ...Object.values(camtKinds).flatMap(({ root, part }) => [root, part]),
]);
const parts = new Set<string>(Object.values(camtKinds).map(({ part }) => part));

/** What is known of a statement so far. */
interface Reading {
  account?: string;
  currency?: Currency;
  from?: CalendarDay;
  to?: CalendarDay;
  opening?: bigint;
  closing?: bigint;
  sum: bigint;
  isTold: boolean;
}
const nothingRead = (): Reading => ({ sum: 0n, isTold: false });

/**
 * Reads ISO 20022 camt.053 and camt.054, versions 02 to 12. Booked entries only: what is pending or for information is
 * a warning. Amounts with more decimals than ISO 4217 gives their currency are refused, which the schema does not see,
 * and so is a statement whose balances differ from its entries.
 */
export async function* readCamt(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<BankFileItem> {
  let reading = nothingRead();
  for await (const element of xmlElements(chunks, containers, refuseRoot)) {
    const { name } = element;
    if (parts.has(name)) {
      yield* told(reading, element);
      check(reading, element);
      reading = nothingRead();
    } else if (name === 'Ntry') {
      yield* told(reading, element);
      yield entryOf(reading, element);
    } else learn(reading, element);
  }
}

const versions = new Set(['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']);

/** The namespace tells kind and version. */
const refuseRoot: RefuseRoot = ({ name, attributes }) => {
  const spaces = Object.entries(attributes).flatMap(([key, value]) =>
    key.startsWith('xmlns') ? [/:(camt\.05[34])\.001\.(\d\d)$/.exec(value)] : [],
  );
  const known = spaces.find((space) => space !== null);
  if (name !== 'Document' || known === undefined || known === null) {
    return { mistake: 'not-this-format', what: 'this is no camt.053 or camt.054' };
  }
  const [, kind = '', version = ''] = known;
  if (versions.has(version)) return undefined;
  const what = `${kind} in version ${version}; 02 to 12 can be read`;
  return { mistake: 'unknown-version', what };
};

/** Takes what an element before the entries says. */
function learn(reading: Reading, element: XmlElement): void {
  if (element.name === 'Acct') {
    reading.account = textAt(element, 'Id', 'IBAN') || textAt(element, 'Id', 'Othr', 'Id');
    const currency = textAt(element, 'Ccy');
    if (currency !== '') reading.currency = currencyOf(currency, element.line);
  }
  if (element.name === 'FrToDt') {
    reading.from = dayOf(element, 'FrDtTm');
    reading.to = dayOf(element, 'ToDtTm');
  }
  if (element.name === 'Bal') learnBalance(reading, element);
}

function learnBalance(reading: Reading, element: XmlElement): void {
  const code = textAt(element, 'Tp', 'CdOrPrtry', 'Cd');
  reading.currency ??= currencyOf(at(element, 'Amt')?.attributes['Ccy'] ?? '', element.line);
  const minor = signedOf(element, reading.currency);
  const day = dayOf(element, 'Dt');
  if (code === 'OPBD' || code === 'PRCD') {
    reading.opening = minor;
    reading.from ??= day;
  }
  if (code === 'CLBD') {
    reading.closing = minor;
    reading.to ??= day;
  }
}

function currencyOf(text: string, line: number): Currency {
  if (isCurrency(text)) return text;
  throw new BankFileRefused('wrong-currency', line, `${text || 'nothing'} is no currency of ours`);
}

/** The account's own item, before the first of its entries. */
function* told(reading: Reading, { line }: XmlElement): Generator<BankFileItem> {
  if (reading.isTold) return;
  reading.isTold = true;
  const { account = '', currency, from, to, opening = 0n, closing } = reading;
  if (account === '') throw new BankFileRefused('missing', line, 'Acct/Id is missing');
  if (currency === undefined) throw new BankFileRefused('missing', line, 'Acct/Ccy is missing');
  if (from === undefined || to === undefined) {
    throw new BankFileRefused('missing', line, 'neither FrToDt nor balances say the period');
  }
  yield { kind: 'account', line, account, currency, from, to, opening, closing };
}

function entryOf(reading: Reading, element: XmlElement): BankFileItem {
  const { line } = element;
  const { account = '', currency, from = '', to = '' } = reading;
  if (currency === undefined) throw new BankFileRefused('missing', line, 'Acct/Ccy is missing');
  const status = textAt(element, 'Sts', 'Cd') || textAt(element, 'Sts');
  if (status !== 'BOOK') {
    const text = `an entry of ${textAt(element, 'Amt')} is not booked but ${status || 'nothing'}`;
    return { kind: 'warning', line, text };
  }
  const movement = movementOf(element, currency);
  if (movement.day < from || movement.day > to) {
    const text = `the entry is of ${movement.day}, the statement of ${from} to ${to}`;
    throw new BankFileRefused('outside-period', line, text);
  }
  reading.sum += movement.direction === 'in' ? movement.minor : -movement.minor;
  checkDetails(element, movement.minor, currency);
  return { kind: 'movement', line, account, currency, movement };
}

/** Where a bank gathers many payments into one entry, they are the entry. */
function checkDetails(entry: XmlElement, minor: bigint, currency: Currency): void {
  const details = at(entry, 'NtryDtls')?.children.filter(({ name }) => name === 'TxDtls') ?? [];
  const amounts = details.map((detail) => at(detail, 'Amt'));
  if (amounts.length < 2 || amounts.includes(undefined)) return;
  const sum = amounts.reduce((total, amount) => total + amountOf(amount, currency), 0n);
  if (sum === minor) return;
  throw new BankFileRefused(
    'does-not-add-up',
    entry.line,
    'the details do not add up to the entry',
  );
}

function check({ opening, closing, sum, account = '' }: Reading, { line }: XmlElement): void {
  if (opening === undefined || closing === undefined || opening + sum === closing) return;
  const sums = `${String(opening)} and entries of ${String(sum)}`;
  throw new BankFileRefused(
    'does-not-add-up',
    line,
    `${account}: ${sums} are not ${String(closing)} (in smallest units)`,
  );
}
