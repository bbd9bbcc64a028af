import type { ChoiceWords } from '../../choice-group.ts';
import { payerPageWords, type PayerPageWords } from '../../payer-page-words.ts';
import type { PayerChoice } from './payer-choices.ts';

export interface PayerWords extends PayerPageWords {
  readonly title: string;
  readonly simulator: string;
  readonly succeeds: string;
  readonly fails: string;
  readonly choices: Readonly<Record<PayerChoice, ChoiceWords>>;
  readonly held: string;
  readonly canceled: string;
}

const ru: PayerWords = {
  ...payerPageWords.ru,
  title: 'Оплата через ЮKassa',
  simulator: 'Симулятор платёжной страницы. Настоящих денег и карт здесь нет.',
  succeeds: 'Оплатить',
  fails: 'Отказ: платёж будет отменён',
  choices: {
    'card-3ds': ['Карта с 3-D Secure', '•••• 0004'],
    card: ['Карта без 3-D Secure', '•••• 2987'],
    wallet: ['Кошелёк ЮMoney', 'сразу'],
    sbp: ['СБП', 'через банк плательщика'],
    sberpay: ['SberPay', 'в приложении банка'],
    't-pay': ['T-Pay', 'в приложении банка'],
    decline: ['Отказ банка', 'без объяснений'],
    'insufficient-funds': ['Недостаточно средств', 'на карте или в кошельке'],
    '3ds-failed': ['3-D Secure не пройден', 'код не введён'],
    'call-issuer': ['Звоните в банк', 'банк просит позвонить'],
    'card-expired': ['Карта просрочена', 'срок вышел'],
    'wrong-number': ['Неверный номер', 'такой карты нет'],
    'wrong-csc': ['Неверный CVC', 'код не подошёл'],
    'issuer-unavailable': ['Банк недоступен', 'не отвечает'],
    'fraud-suspected': ['Похоже на обман', 'платёж заблокирован'],
    'limit-exceeded': ['Лимит исчерпан', 'на день или на месяц'],
    'method-restricted': ['Операции запрещены', 'карта утеряна'],
    'country-forbidden': ['Страна не подходит', 'карта чужой страны'],
    'identification-required': ['Нужна идентификация', 'кошелёк без имени'],
    later: ['Заплатить, уйдя', 'через 20 секунд после возврата'],
    close: ['Закрыть', 'вернуться в магазин, не заплатив'],
    leave: ['Уйти', 'закрыть страницу, ничего не решив'],
  },
  held: 'Деньги удержаны и ждут решения магазина.',
  canceled: 'Этот платёж отменён.',
};

const en: PayerWords = {
  ...payerPageWords.en,
  title: 'Payment by YooKassa',
  simulator: 'A simulated payment page. There is no real money and no real card here.',
  succeeds: 'Pay',
  fails: 'Declined: the payment is cancelled',
  choices: {
    'card-3ds': ['Card with 3-D Secure', '•••• 0004'],
    card: ['Card without 3-D Secure', '•••• 2987'],
    wallet: ['YooMoney wallet', 'at once'],
    sbp: ['SBP', 'through the payer’s bank'],
    sberpay: ['SberPay', 'in the bank’s app'],
    't-pay': ['T-Pay', 'in the bank’s app'],
    decline: ['The bank refuses', 'no reason given'],
    'insufficient-funds': ['Insufficient funds', 'on the card or in the wallet'],
    '3ds-failed': ['3-D Secure failed', 'the code is not given'],
    'call-issuer': ['Call the bank', 'the bank wants a call'],
    'card-expired': ['Card expired', 'out of date'],
    'wrong-number': ['Wrong number', 'there is no such card'],
    'wrong-csc': ['Wrong CVC', 'the code is not right'],
    'issuer-unavailable': ['Bank out of reach', 'no answer'],
    'fraud-suspected': ['Looks like fraud', 'the payment is blocked'],
    'limit-exceeded': ['Limit exceeded', 'for the day or the month'],
    'method-restricted': ['Method restricted', 'the card was lost'],
    'country-forbidden': ['Country forbidden', 'a card of another country'],
    'identification-required': ['Payer not known', 'a wallet without a name'],
    later: ['Pay after leaving', '20 seconds after going back'],
    close: ['Close', 'go back to the shop without paying'],
    leave: ['Leave', 'close the page, nothing decided'],
  },
  held: 'The money is held and waits for the shop.',
  canceled: 'This payment is cancelled.',
};

export const payerWords: Readonly<Record<'ru' | 'en', PayerWords>> = { ru, en };
