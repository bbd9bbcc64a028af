import type { ChoiceWords } from '../../choice-group.ts';
import { payerPageWords, type PayerPageWords } from '../../payer-page-words.ts';
import type { PursePayment, Trouble } from '../purse-payment.ts';

/** Every way the payer's page can end, by the name its button sends. */
export const payerChoices = ['sms', 'enum', 'not-enough', 'wrong-code', 'refuse', 'leave'] as const;
export type PayerChoice = (typeof payerChoices)[number];

export interface PayerWords extends PayerPageWords {
  readonly title: string;
  readonly simulator: string;
  readonly test: string;
  readonly toPurse: string;
  readonly hold: string;
  readonly succeeds: string;
  readonly fails: string;
  readonly choices: Readonly<Record<PayerChoice, ChoiceWords>>;
  readonly troubles: Readonly<Record<Trouble['reason'], string>>;
  readonly endings: Readonly<Record<Exclude<PursePayment['state'], 'open'>, string>>;
  readonly badForm: string;
}

const ru: PayerWords = {
  ...payerPageWords.ru,
  title: 'Оплата с кошелька',
  simulator: 'Симулятор платёжной страницы WebMoney. Настоящих денег и кошельков здесь нет.',
  test: 'Тестовый режим кошелька',
  toPurse: 'На кошелёк',
  hold: 'Дней удержания:',
  succeeds: 'Подтвердить',
  fails: 'Не получается',
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
  badForm: 'Магазин прислал форму, по которой нельзя заплатить.',
};

const en: PayerWords = {
  ...payerPageWords.en,
  title: 'Payment from a purse',
  simulator: 'A simulated WebMoney payment page. There is no real money and no real purse here.',
  test: 'The purse is in test mode',
  toPurse: 'To purse',
  hold: 'Days on hold:',
  succeeds: 'Confirm',
  fails: 'It fails',
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
  badForm: 'The shop has sent a form that cannot be paid.',
};

export const payerWords: Readonly<Record<PursePayment['language'], PayerWords>> = {
  'ru-RU': ru,
  'en-US': en,
};
