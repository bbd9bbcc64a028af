import { CannotBeWritten } from '../../../application/ports/statement-form.ts';
import {
  type BankMovement,
  type BankParty,
  type BankStatement,
  closingOf,
} from '../../../domain/bank-statement.ts';
import { exponentOf } from '../../../domain/currency.ts';
import { decimalText, money } from '../../../domain/money.ts';
import { type CalendarDay, dayIn } from '../../../domain/time.ts';
import {
  account,
  document,
  firstLine,
  lastLine,
  payee,
  payer,
  paymentOrder,
  version,
} from './client-bank-words.ts';
import { windows1251 } from './windows-1251.ts';

/** A purpose of a payment order. */
const longestPurpose = 210;

/**
 * Writes a statement as a bank hands it to 1C: `1CClientBankExchange` 1.03, windows-1251, CRLF, one chunk a movement.
 * Throws CannotBeWritten for a currency that has not two decimals, as the format has.
 */
export async function* clientBankFile(
  statement: BankStatement,
  movements: AsyncIterable<BankMovement>,
  zone: string,
): AsyncGenerator<Buffer> {
  if (exponentOf(statement.currency) !== 2) {
    throw new CannotBeWritten(
      `${firstLine} writes two decimals and ${statement.currency} has another number of them: use camt`,
    );
  }
  yield windows1251(head(statement, zone));
  for await (const movement of movements) yield windows1251(section(statement, movement));
  yield windows1251(`${lastLine}\r\n`);
}

function head(
  { madeAt, currency, owner, from, to, turnover }: BankStatement,
  zone: string,
): string {
  const sum = (minor: bigint): string => decimalText(money(minor, currency));
  const time = new Intl.DateTimeFormat('ru-RU', { timeZone: zone, timeStyle: 'medium' });
  return [
    firstLine,
    ...lines({
      ВерсияФормата: version,
      Кодировка: 'Windows',
      Отправитель: owner.name,
      Получатель: '1С:Предприятие',
      ДатаСоздания: dotted(dayIn(zone, madeAt)),
      ВремяСоздания: time.format(madeAt),
      ДатаНачала: dotted(from),
      ДатаКонца: dotted(to),
      РасчСчет: owner.account,
      Документ: paymentOrder,
    }),
    account.begin,
    ...lines({
      ДатаНачала: dotted(from),
      ДатаКонца: dotted(to),
      РасчСчет: owner.account,
      НачальныйОстаток: sum(turnover.opening),
      ВсегоПоступило: sum(turnover.received),
      ВсегоСписано: sum(turnover.spent),
      КонечныйОстаток: sum(closingOf(turnover)),
    }),
    account.end,
    '',
  ].join('\r\n');
}

function section({ currency, owner }: BankStatement, movement: BankMovement): string {
  const { number, day, minor, direction, other, purpose } = movement;
  const [from, to] = direction === 'in' ? [other, owner] : [owner, other];
  return [
    `${document.begin}=${paymentOrder}`,
    ...lines({
      Номер: number,
      Дата: dotted(day),
      Сумма: decimalText(money(minor, currency)),
      ...party(payer, from),
      ...(direction === 'out' ? { ДатаСписано: dotted(day) } : {}),
      ...party(payee, to),
      ...(direction === 'in' ? { ДатаПоступило: dotted(day) } : {}),
      ВидОплаты: '01',
      Очередность: '5',
      НазначениеПлатежа: purpose.slice(0, longestPurpose),
    }),
    document.end,
    '',
  ].join('\r\n');
}

const party = (keys: typeof payer, of: BankParty): Record<string, string> => ({
  [keys.account]: of.account,
  [keys.name]: of.name,
  [keys.taxNumber]: of.taxNumber,
  [keys.nameLine]: of.name,
  [keys.atBank]: of.account,
  [keys.bank]: of.bank,
  [keys.bic]: of.bic,
  [keys.correspondentAccount]: of.correspondentAccount,
});

const dotted = (day: CalendarDay): string => day.split('-').toReversed().join('.');

/** A line ends a value, so there is none in it. */
const lines = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).map(
    ([key, value]) => `${key}=${value.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()}`,
  );
