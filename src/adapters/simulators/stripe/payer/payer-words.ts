import type { ChoiceWords } from '../../choice-group.ts';
import { payerPageWords, type PayerPageWords } from '../../payer-page-words.ts';
import type { PayerChoice } from './payer-choices.ts';

export interface PayerWords extends PayerPageWords {
  readonly title: string;
  readonly simulator: string;
  readonly succeeds: string;
  readonly fails: string;
  readonly choices: Readonly<Record<PayerChoice, ChoiceWords>>;
  readonly declined: Readonly<Record<string, string>>;
  readonly tryAgain: string;
}

export const payerWords: Readonly<Record<'ru' | 'en', PayerWords>> = {
  ru: {
    ...payerPageWords.ru,
    title: 'Оплата картой',
    simulator: 'Симулятор платёжной страницы. Настоящих денег и карт здесь нет.',
    succeeds: 'Банк согласен',
    fails: 'Банк отказывает',
    choices: {
      visa: ['Visa', '•••• 4242'],
      mastercard: ['Mastercard', '•••• 4444'],
      '3ds-ok': ['Visa с 3-D Secure', 'код из банка введён верно'],
      '3ds-failed': ['3-D Secure не пройден', 'код из банка не введён'],
      declined: ['Карта отклонена', 'страница остаётся открытой'],
      'insufficient-funds': ['Недостаточно средств', 'страница остаётся открытой'],
      delayed: ['Способ с задержкой', 'деньги придут через 20 секунд'],
      cancel: ['Отменить', 'вернуться в магазин'],
      leave: ['Уйти', 'закрыть страницу, ничего не решив'],
    },
    declined: {
      generic_decline: 'Банк отклонил карту.',
      insufficient_funds: 'На карте недостаточно средств.',
      payment_intent_authentication_failure: 'Банк не подтвердил владельца карты (3-D Secure).',
    },
    tryAgain: 'Можно попробовать ещё раз.',
  },
  en: {
    ...payerPageWords.en,
    title: 'Card payment',
    simulator: 'A simulated payment page. There is no real money and no real card here.',
    succeeds: 'The bank agrees',
    fails: 'The bank refuses',
    choices: {
      visa: ['Visa', '•••• 4242'],
      mastercard: ['Mastercard', '•••• 4444'],
      '3ds-ok': ['Visa with 3-D Secure', 'the bank’s code is right'],
      '3ds-failed': ['3-D Secure failed', 'the bank’s code is not given'],
      declined: ['Card declined', 'the page stays open'],
      'insufficient-funds': ['Insufficient funds', 'the page stays open'],
      delayed: ['Delayed method', 'the money arrives in 20 seconds'],
      cancel: ['Cancel', 'go back to the shop'],
      leave: ['Leave', 'close the page, nothing decided'],
    },
    declined: {
      generic_decline: 'The bank declined the card.',
      insufficient_funds: 'There is not enough money on the card.',
      payment_intent_authentication_failure:
        'The bank did not confirm the card holder (3-D Secure).',
    },
    tryAgain: 'You may try again.',
  },
};
