import type { ChoiceWords } from '../../choice-group.ts';
import { payerPageWords, type PayerPageWords } from '../../payer-page-words.ts';
import type { DeclineName } from '../bank-payment.ts';
import type { PayerChoice } from './payer-choices.ts';

export interface PayerWords extends PayerPageWords {
  readonly title: string;
  readonly simulator: string;
  readonly order: string;
  readonly succeeds: string;
  readonly fails: string;
  readonly choices: Readonly<Record<PayerChoice, ChoiceWords>>;
  readonly declined: Readonly<Record<DeclineName, string>>;
  readonly triesLeft: string;
  readonly cancelled: string;
  readonly outOfTries: string;
}

export const payerWords: Readonly<Record<'ru' | 'en', PayerWords>> = {
  ru: {
    ...payerPageWords.ru,
    title: 'Оплата заказа',
    simulator: 'Симулятор платёжной страницы банка. Настоящих денег и карт здесь нет.',
    order: 'Заказ',
    succeeds: 'Банк согласен',
    fails: 'Банк отказывает',
    choices: {
      card: ['Карта', '•••• 0047'],
      '3ds-ok': ['Карта с 3-D Secure', 'код из банка введён верно'],
      sbp: ['СБП', 'по QR-коду, без карты'],
      declined: ['Карта отклонена', 'это одна попытка'],
      'insufficient-funds': ['Недостаточно средств', 'это одна попытка'],
      '3ds-failed': ['3-D Secure не пройден', 'это одна попытка'],
      forbidden: ['Запрещено владельцем', 'это одна попытка'],
      cancel: ['Отказаться', 'платёж закроется'],
      leave: ['Уйти', 'закрыть страницу, ничего не решив'],
    },
    declined: {
      declined: 'Банк отклонил платёж.',
      'insufficient-funds': 'На карте недостаточно средств.',
      '3ds-failed': 'Банк не подтвердил владельца карты (3-D Secure).',
      forbidden: 'Владелец карты запретил такие платежи.',
    },
    triesLeft: 'Осталось попыток:',
    cancelled: 'Этот платёж отменён.',
    outOfTries: 'Попытки закончились.',
  },
  en: {
    ...payerPageWords.en,
    title: 'Payment of an order',
    simulator: 'A simulated payment page of a bank. There is no real money and no real card here.',
    order: 'Order',
    succeeds: 'The bank agrees',
    fails: 'The bank refuses',
    choices: {
      card: ['Card', '•••• 0047'],
      '3ds-ok': ['Card with 3-D Secure', 'the bank’s code is right'],
      sbp: ['SBP', 'by QR code, without a card'],
      declined: ['Card declined', 'this is one try'],
      'insufficient-funds': ['Insufficient funds', 'this is one try'],
      '3ds-failed': ['3-D Secure failed', 'this is one try'],
      forbidden: ['Forbidden by its holder', 'this is one try'],
      cancel: ['Refuse', 'the payment is closed'],
      leave: ['Leave', 'close the page, nothing decided'],
    },
    declined: {
      declined: 'The bank declined the payment.',
      'insufficient-funds': 'There is not enough money on the card.',
      '3ds-failed': 'The bank did not confirm the card holder (3-D Secure).',
      forbidden: 'The card holder has forbidden such payments.',
    },
    triesLeft: 'Tries left:',
    cancelled: 'This payment is cancelled.',
    outOfTries: 'There are no tries left.',
  },
};
