import type { PayerChoice } from './payer-choices.ts';

export interface PayerWords {
  readonly title: string;
  readonly simulator: string;
  readonly toPay: string;
  readonly number: string;
  readonly succeeds: string;
  readonly fails: string;
  readonly otherwise: string;
  readonly choices: Readonly<Record<PayerChoice, readonly [label: string, hint: string]>>;
  readonly held: string;
  readonly complete: string;
  readonly canceled: string;
  readonly expired: string;
  readonly left: string;
  readonly leftHint: string;
  readonly back: string;
  readonly resume: string;
  readonly unknown: string;
}

const ru: PayerWords = {
  title: 'Оплата через ЮKassa',
  simulator: 'Симулятор платёжной страницы. Настоящих денег и карт здесь нет.',
  toPay: 'К оплате',
  number: 'Платёж',
  succeeds: 'Оплатить',
  fails: 'Отказ: платёж будет отменён',
  otherwise: 'Иначе',
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
  complete: 'Этот платёж уже завершён.',
  canceled: 'Этот платёж отменён.',
  expired: 'Время этого платежа истекло.',
  left: 'Вы ушли со страницы',
  leftHint: 'Платёж остался открытым: деньги не списаны и отказа нет.',
  back: 'Вернуться в магазин',
  resume: 'Продолжить оплату',
  unknown: 'Такого платежа нет.',
};

const en: PayerWords = {
  title: 'Payment by YooKassa',
  simulator: 'A simulated payment page. There is no real money and no real card here.',
  toPay: 'To pay',
  number: 'Payment',
  succeeds: 'Pay',
  fails: 'Declined: the payment is cancelled',
  otherwise: 'Otherwise',
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
  complete: 'This payment is finished already.',
  canceled: 'This payment is cancelled.',
  expired: 'The time for this payment is over.',
  left: 'You have left the page',
  leftHint: 'The payment is still open: nothing was taken and nothing was refused.',
  back: 'Back to the shop',
  resume: 'Go on paying',
  unknown: 'There is no such payment.',
};

export const payerWords: Readonly<Record<'ru' | 'en', PayerWords>> = { ru, en };
