import { standingOf } from '../../domain/ledger/standing.ts';
import { entry } from '../../domain/ledger/entry.ts';
import { postOperation } from '../../domain/ledger/posting-rules.ts';
import type { Texts } from '../../domain/locale.ts';
import type { OperationKind } from '../../domain/operation.ts';
import type { Instant } from '../../domain/time.ts';
import type { BooksAccount, Posting } from '../ports/books.ts';
import { lineKey, type ForeignLine } from '../ports/foreign-lines.ts';
import { changeOf } from './account-change.ts';
import type { PostingMoment } from './payment-posting.ts';

/**
 * Decides what a line of another accounting system does to the books: the customer's account changes by it, against
 * the account that its kind has in our chart.
 */
export function postForeignLine(
  source: string,
  line: ForeignLine,
  found: BooksAccount,
  { effectiveAt, ...moment }: PostingMoment & { readonly effectiveAt: Instant },
): Posting {
  const { account, locale } = found;
  const { kind, amount } = line;
  const description = describe(line)[locale];
  const posted = postOperation({
    ...{ kind, amount, description, postedAt: effectiveAt },
    key: `${source}:${lineKey(line.id)}`,
    standing: standingOf(account.number, account.balance),
  });
  return {
    entryId: moment.entryId,
    customerId: account.customerId,
    recordedAt: moment.now,
    entry: entry({ ...posted, proof: { provider: source, ref: lineKey(line.id) } }),
    change: changeOf(found, { kind, amount, description, paymentId: undefined }, moment),
  };
}

/** What a customer reads where the bookkeeper wrote nothing. */
const kindTexts: Readonly<Record<OperationKind, Texts>> = {
  charge: { ru: 'Начисление', en: 'Charge' },
  payment: { ru: 'Оплата', en: 'Payment' },
  refund: { ru: 'Возврат', en: 'Refund' },
  penalty: { ru: 'Пени', en: 'Penalty' },
  correction: { ru: 'Корректировка', en: 'Correction' },
  transfer: { ru: 'Перенос остатка', en: 'Balance brought forward' },
};
const undone = { ru: 'Отмена', en: 'Cancelled' } as const;

function describe({ description, kind, isUndoing }: ForeignLine): Texts {
  if (!isUndoing) {
    return description === '' ? kindTexts[kind] : { ru: description, en: description };
  }
  const after = description === '' ? '' : `: ${description}`;
  return { ru: undone.ru + after, en: undone.en + after };
}
