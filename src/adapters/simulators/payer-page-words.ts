/** What the page of a payment says in most systems. */
export interface PayerPageWords {
  readonly toPay: string;
  readonly number: string;
  readonly otherwise: string;
  readonly complete: string;
  readonly expired: string;
  readonly left: string;
  readonly leftHint: string;
  readonly back: string;
  readonly resume: string;
  readonly unknown: string;
}

export const payerPageWords: Readonly<Record<'ru' | 'en', PayerPageWords>> = {
  ru: {
    toPay: 'К оплате',
    number: 'Платёж',
    otherwise: 'Иначе',
    complete: 'Этот платёж уже завершён.',
    expired: 'Время этого платежа истекло.',
    left: 'Вы ушли со страницы',
    leftHint: 'Платёж остался открытым: деньги не списаны и отказа нет.',
    back: 'Вернуться в магазин',
    resume: 'Продолжить оплату',
    unknown: 'Такого платежа нет.',
  },
  en: {
    toPay: 'To pay',
    number: 'Payment',
    otherwise: 'Otherwise',
    complete: 'This payment is finished already.',
    expired: 'The time for this payment is over.',
    left: 'You have left the page',
    leftHint: 'The payment is still open: nothing was taken and nothing was refused.',
    back: 'Back to the shop',
    resume: 'Go on paying',
    unknown: 'There is no such payment.',
  },
};
