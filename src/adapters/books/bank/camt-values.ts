import { BankFileRefused } from '../../../application/ports/bank-file.ts';
import { type BankMovement, type BankParty, unknownParty } from '../../../domain/bank-statement.ts';
import { type Currency, exponentOf } from '../../../domain/currency.ts';
import { type CalendarDay, parseDay } from '../../../domain/time.ts';
import { at, textAt, type XmlElement } from './xml-elements.ts';

/** An amount in smallest units. It carries its currency, which must be the account's. */
export function amountOf(amount: XmlElement | undefined, currency: Currency): bigint {
  const line = amount?.line ?? 1;
  const text = amount?.text.trim() ?? '';
  const said = amount?.attributes['Ccy'];
  if (said !== currency) {
    const what = `an amount in ${said ?? 'no currency'} on an account in ${currency}`;
    throw new BankFileRefused('wrong-currency', line, what);
  }
  const found = /^(\d{1,18})(?:\.(\d*))?$/.exec(text);
  if (found === null) throw new BankFileRefused('malformed-amount', line, `${text} is no amount`);
  const digits = exponentOf(currency);
  const [, whole = '0', fraction = ''] = found;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > digits) {
    const what = `${text}: ${currency} has ${String(digits)} decimals`;
    throw new BankFileRefused('too-many-decimals', line, what);
  }
  return BigInt(whole + kept.padEnd(digits, '0'));
}

/** The amount of a balance, below zero where it is a debit. */
export function signedOf(element: XmlElement, currency: Currency): bigint {
  const minor = amountOf(at(element, 'Amt'), currency);
  return sideOf(element) === 'in' ? minor : -minor;
}

function sideOf(element: XmlElement): BankMovement['direction'] {
  const side = textAt(element, 'CdtDbtInd');
  if (side === 'CRDT') return 'in';
  if (side === 'DBIT') return 'out';
  throw new BankFileRefused('missing', element.line, 'CdtDbtInd is neither CRDT nor DBIT');
}

/** A day, also where a moment is given: the bank's day is the one it writes. */
export function dayOf(element: XmlElement, ...way: readonly string[]): CalendarDay {
  const there = at(element, ...way);
  const text = textAt(there, 'Dt') || textAt(there, 'DtTm') || (there?.text.trim() ?? '');
  const day = parseDay(text.slice(0, 10));
  if (day !== undefined) return day;
  const line = there?.line ?? element.line;
  throw new BankFileRefused('malformed-date', line, `${way.join('/')} is ${text || 'missing'}`);
}

export function movementOf(entry: XmlElement, currency: Currency): BankMovement {
  const direction = sideOf(entry);
  const details = at(entry, 'NtryDtls', 'TxDtls');
  const minor = amountOf(at(entry, 'Amt'), currency);
  if (minor === 0n) throw new BankFileRefused('malformed-amount', entry.line, 'an entry of zero');
  return {
    number: numberOf(entry, details),
    day: dayOf(entry, 'BookgDt'),
    minor,
    direction,
    other: otherOf(details, direction === 'in' ? 'Dbtr' : 'Cdtr'),
    purpose: purposeOf(entry, details),
  };
}

/** What names the movement best: the payer's own reference, the bank's, or the entry's. */
function numberOf(entry: XmlElement, details: XmlElement | undefined): string {
  const endToEnd = textAt(details, 'Refs', 'EndToEndId');
  const known = endToEnd === 'NOTPROVIDED' ? '' : endToEnd;
  return known || textAt(entry, 'AcctSvcrRef') || textAt(entry, 'NtryRef');
}

/** From version 08 on a party is one step deeper than before. */
function otherOf(details: XmlElement | undefined, side: 'Dbtr' | 'Cdtr'): BankParty {
  const parties = at(details, 'RltdPties');
  const party = at(parties, side, 'Pty') ?? at(parties, side);
  const account = at(parties, `${side}Acct`);
  const institution = at(details, 'RltdAgts', `${side}Agt`, 'FinInstnId');
  const name = textAt(party, 'Nm');
  return {
    ...unknownParty,
    name: name === 'NOTPROVIDED' ? '' : name,
    account: textAt(account, 'Id', 'IBAN') || textAt(account, 'Id', 'Othr', 'Id'),
    taxNumber: textAt(party, 'Id', 'OrgId', 'Othr', 'Id'),
    bank: textAt(institution, 'Nm'),
    bic:
      textAt(institution, 'ClrSysMmbId', 'MmbId') ||
      textAt(institution, 'BICFI') ||
      textAt(institution, 'BIC'),
  };
}

function purposeOf(entry: XmlElement, details: XmlElement | undefined): string {
  const free = at(details, 'RmtInf')?.children.filter(({ name }) => name === 'Ustrd') ?? [];
  const structured = textAt(details, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref');
  const said = free.map(({ text }) => text.trim()).join(' ') || structured;
  return said || textAt(entry, 'AddtlNtryInf');
}
