import type { PursePayment, Trouble } from '../purse-payment.ts';

/** Every way the payer's page can end, by the name its button sends. */
export const payerChoices = ['sms', 'enum', 'not-enough', 'wrong-code', 'refuse', 'leave'] as const;
export type PayerChoice = (typeof payerChoices)[number];

export interface PayerWords {
  readonly title: string;
  readonly simulator: string;
  readonly test: string;
  readonly toPay: string;
  readonly toPurse: string;
  readonly number: string;
  readonly hold: string;
  readonly succeeds: string;
  readonly fails: string;
  readonly otherwise: string;
  readonly choices: Readonly<Record<PayerChoice, readonly [label: string, hint: string]>>;
  readonly troubles: Readonly<Record<Trouble['reason'], string>>;
  readonly endings: Readonly<Record<Exclude<PursePayment['state'], 'open'>, string>>;
  readonly left: string;
  readonly leftHint: string;
  readonly back: string;
  readonly resume: string;
  readonly unknown: string;
  readonly badForm: string;
}

const ru: PayerWords = {
  title: 'Оплата с кошелька',
  simulator: 'Симулятор платёжной страницы WebMoney. Настоящих денег и кошельков здесь нет.',
  test: 'Тестовый режим кошелька',
  toPay: 'К оплате',
  toPurse: 'На кошелёк',
  number: 'Платёж',
  hold: 'Дней удержания:',
  succeeds: 'Подтвердить',
  fails: 'Не получается',
  otherwise: 'Иначе',
  choices: {
    sms: ['Подтвердить по SMS', 'код введён верно'],
    enum: ['Подтвердить в E-NUM', 'ответ верный'],
    'not-enough': ['Недостаточно средств', 'страница остаётся открытой'],
    'wrong-code': ['Неверный код', 'страница остаётся открытой'],
    refuse: ['Отказаться', 'вернуться в магазин'],
    leave: ['Уйти', 'закрыть страницу, ничего не решив'],
  },
  troubles: {
    'not-enough': 'В кошельке недостаточно средств.',
    'wrong-code': 'Код подтверждения неверен.',
    simulated: 'Тестовый перевод не выполнен, как и просила форма.',
    'no-answer': 'Магазин не подтвердил, что платёж можно принять.',
    'shop-said-no': 'Магазин не принимает этот платёж:',
  },
  endings: {
    paid: 'Этот платёж уже оплачен.',
    refused: 'Вы отказались от этого платежа.',
    expired: 'Время этого платежа истекло.',
  },
  left: 'Вы ушли со страницы',
  leftHint: 'Платёж остался открытым: деньги не списаны и отказа нет.',
  back: 'Вернуться в магазин',
  resume: 'Продолжить оплату',
  unknown: 'Такого платежа нет.',
  badForm: 'Магазин прислал форму, по которой нельзя заплатить.',
};

const en: PayerWords = {
  title: 'Payment from a purse',
  simulator: 'A simulated WebMoney payment page. There is no real money and no real purse here.',
  test: 'The purse is in test mode',
  toPay: 'To pay',
  toPurse: 'To purse',
  number: 'Payment',
  hold: 'Days on hold:',
  succeeds: 'Confirm',
  fails: 'It fails',
  otherwise: 'Otherwise',
  choices: {
    sms: ['Confirm by SMS', 'the code is right'],
    enum: ['Confirm in E-NUM', 'the answer is right'],
    'not-enough': ['Not enough money', 'the page stays open'],
    'wrong-code': ['Wrong code', 'the page stays open'],
    refuse: ['Refuse', 'go back to the shop'],
    leave: ['Leave', 'close the page, nothing decided'],
  },
  troubles: {
    'not-enough': 'There is not enough money in the purse.',
    'wrong-code': 'The confirmation code is wrong.',
    simulated: 'The test transfer failed, as the form asked.',
    'no-answer': 'The shop did not say that it takes this payment.',
    'shop-said-no': 'The shop does not take this payment:',
  },
  endings: {
    paid: 'This payment is made already.',
    refused: 'You have refused this payment.',
    expired: 'The time for this payment is over.',
  },
  left: 'You have left the page',
  leftHint: 'The payment is still open: nothing was taken and nothing was refused.',
  back: 'Back to the shop',
  resume: 'Go on paying',
  unknown: 'There is no such payment.',
  badForm: 'The shop has sent a form that cannot be paid.',
};

export const payerWords: Readonly<Record<PursePayment['language'], PayerWords>> = {
  'ru-RU': ru,
  'en-US': en,
};
