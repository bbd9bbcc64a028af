import type { ChoiceWords } from '../../choice-group.ts';
import type { BillStatus } from '../bill.ts';
import type { PayerChoice } from './payer-choices.ts';

export interface PayerWords {
  readonly title: string;
  readonly simulator: string;
  readonly toPay: string;
  readonly bill: string;
  readonly succeeds: string;
  readonly otherwise: string;
  readonly choices: Readonly<Record<PayerChoice, ChoiceWords>>;
  readonly declined: string;
  readonly endings: Readonly<Record<Exclude<BillStatus, 'WAITING'>, string>>;
  readonly left: string;
  readonly leftHint: string;
  readonly resume: string;
  readonly unknown: string;
}

export const payerWords: Readonly<Record<'ru' | 'en', PayerWords>> = {
  ru: {
    title: 'Оплата счёта',
    simulator: 'Симулятор платёжной страницы QIWI. Настоящих денег и карт здесь нет.',
    toPay: 'К оплате',
    bill: 'Счёт',
    succeeds: 'Оплатить',
    otherwise: 'Иначе',
    choices: {
      wallet: ['Кошелёк QIWI', 'с возвратом в магазин'],
      card: ['Карта', 'без возврата в магазин'],
      mobile: ['Счёт телефона', 'без возврата в магазин'],
      declined: ['Оплата не проходит', 'счёт остаётся открытым'],
      refuse: ['Отклонить счёт', 'оплатить его будет нельзя'],
      leave: ['Уйти', 'закрыть страницу, ничего не решив'],
    },
    declined: 'Оплата не прошла. Можно попробовать ещё раз.',
    endings: {
      PAID: 'Этот счёт оплачен.',
      REJECTED: 'Этот счёт отклонён.',
      EXPIRED: 'Срок оплаты этого счёта истёк.',
    },
    left: 'Вы ушли со страницы',
    leftHint: 'Счёт остался открытым: деньги не списаны и отказа нет.',
    resume: 'Продолжить оплату',
    unknown: 'Такого счёта нет.',
  },
  en: {
    title: 'Payment of a bill',
    simulator: 'A simulated QIWI payment page. There is no real money and no real card here.',
    toPay: 'To pay',
    bill: 'Bill',
    succeeds: 'Pay',
    otherwise: 'Otherwise',
    choices: {
      wallet: ['QIWI wallet', 'and back to the shop'],
      card: ['Card', 'and not back to the shop'],
      mobile: ['Phone balance', 'and not back to the shop'],
      declined: ['The payment fails', 'the bill stays open'],
      refuse: ['Reject the bill', 'it can no more be paid'],
      leave: ['Leave', 'close the page, nothing decided'],
    },
    declined: 'The payment failed. You may try again.',
    endings: {
      PAID: 'This bill is paid.',
      REJECTED: 'This bill is rejected.',
      EXPIRED: 'The time for this bill is over.',
    },
    left: 'You have left the page',
    leftHint: 'The bill is still open: nothing was taken and nothing was refused.',
    resume: 'Go on paying',
    unknown: 'There is no such bill.',
  },
};
