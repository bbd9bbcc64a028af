export interface PayerWords {
  readonly title: string;
  readonly simulator: string;
  readonly toPay: string;
  readonly label: string;
  readonly number: string;
  readonly from: string;
  readonly choices: Readonly<Record<'wallet' | 'card' | 'leave', readonly [string, string]>>;
  readonly paid: string;
  readonly left: string;
  readonly leftHint: string;
  readonly back: string;
  readonly resume: string;
  readonly unknown: string;
}

export const payerWords: Readonly<Record<'ru' | 'en', PayerWords>> = {
  ru: {
    title: 'Перевод на кошелёк',
    simulator: 'Симулятор кошелька. Настоящих денег здесь нет.',
    toPay: 'К списанию',
    label: 'Пометка',
    number: 'Перевод',
    from: 'Откуда перевести',
    choices: {
      wallet: ['Из кошелька', 'получателю придёт меньше на 1 %'],
      card: ['С карты', 'получателю придёт меньше на 3 %'],
      leave: ['Уйти', 'закрыть страницу, ничего не решив'],
    },
    paid: 'Перевод сделан.',
    left: 'Вы ушли со страницы',
    leftHint: 'Перевод не сделан, деньги не списаны.',
    back: 'Вернуться в магазин',
    resume: 'Продолжить перевод',
    unknown: 'Такого перевода нет.',
  },
  en: {
    title: 'Transfer to a wallet',
    simulator: 'A simulated wallet. There is no real money here.',
    toPay: 'You pay',
    label: 'Label',
    number: 'Transfer',
    from: 'Pay from',
    choices: {
      wallet: ['From a wallet', 'the receiver gets 1 % less'],
      card: ['From a card', 'the receiver gets 3 % less'],
      leave: ['Leave', 'close the page, nothing decided'],
    },
    paid: 'The transfer is made.',
    left: 'You have left the page',
    leftHint: 'No transfer was made, nothing was taken.',
    back: 'Back to the shop',
    resume: 'Go on paying',
    unknown: 'There is no such transfer.',
  },
};
