import type { JournalForm } from '../../application/ports/journal-form.ts';
import { exponentOf, type Currency } from '../../domain/currency.ts';
import {
  accountKinds,
  findKind,
  type AccountKindName,
  type AccountType,
} from '../../domain/ledger/chart-of-accounts.ts';
import type { Posting } from '../../domain/ledger/entry.ts';
import { decimalText, money, type Money } from '../../domain/money.ts';
import { isoText } from '../../domain/time.ts';

const tops: Readonly<Record<AccountType, string>> = {
  asset: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Income',
  expense: 'Expenses',
};

/** An account as plain-text bookkeeping names it: by its type, then as we do. */
export function journalAccount(account: string): string {
  const kind = findKind(account);
  const [name = '', ...rest] = account.split(':');
  const top = kind === undefined ? 'Equity' : tops[accountKinds[kind].type];
  return [top, kind === undefined ? plain(name) : titleOf(kind), ...restOf(kind, rest)].join(':');
}

/** A customer's account number is one part of the name, whatever it is made of. */
const restOf = (kind: AccountKindName | undefined, rest: readonly string[]): readonly string[] =>
  kind !== undefined && accountKinds[kind].per === 'account'
    ? [plain(rest.join(':'))]
    : rest.map(plain);

const titleOf = (kind: AccountKindName): string =>
  kind.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

/** Letters, digits and a few signs stay; the rest is written as the number of its character, so that none meet. */
const plain = (text: string): string =>
  text.replaceAll(
    /[^\p{L}\p{N}.-]/gu,
    (sign) => `_${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}_`,
  );

/** One line of free text: no line breaks, nothing that begins a comment or divides a payee from a note. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/[;|\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();

const amountText = (amount: Money): string => `${decimalText(amount)} ${amount.currency}`;
const signed = ({ side, amount }: Posting): Money =>
  side === 'debit' ? amount : money(-amount.minor, amount.currency);
// Two spaces before an amount: after one, the programs take the amount for part of the name.
const leg = (account: string, amount: Money): string =>
  `    ${journalAccount(account)}  ${amountText(amount)}`;

/** ledger refuses a format of a commodity without digits, hledger one without a point. */
function commodity(currency: Currency): string {
  if (exponentOf(currency) === 0) return `commodity ${currency}\n`;
  return `commodity ${currency}\n    format ${decimalText(money(1_000n * 10n ** BigInt(exponentOf(currency)), currency))} ${currency}\n`;
}

/** The subset of plain text that hledger and ledger both read, with everything declared for their strict modes. */
export const journalForm: JournalForm = {
  heading: (currencies) => `; -*- ledger -*-\n\n${currencies.map(commodity).join('')}\n`,
  account: (account) => `account ${journalAccount(account)}\n`,
  entry: ({ entry, bookedOn }) => {
    const { key, kind, memo, postings, effectiveAt } = entry;
    const title = oneLine(memo) === '' ? kind : oneLine(memo);
    const legs = postings.map((posting) => leg(posting.account, signed(posting)));
    const tags = `event:${plain(kind)}, effective:${isoText(effectiveAt).replaceAll(':', '.')}`;
    return `\n${bookedOn} * (${plain(key)}) ${title}\n    ; ${tags}\n${legs.join('\n')}\n`;
  },
  claim: (day, { account, currency, debits, credits }) => {
    const nothing = leg(account, money(0n, currency));
    const balance = amountText(money(debits - credits, currency));
    return `\n${day} * (balance) what the books say\n${nothing} = ${balance}\n`;
  },
};
