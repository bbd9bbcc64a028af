import { z } from 'zod';
import type { FiscalAnswer } from '../../application/ports/fiscal-register.ts';
import { fiscalData } from '../../domain/fiscal/fiscal-facts.ts';
import { fiscalOperations } from '../../domain/fiscal/fiscal-qr.ts';
import type { FiscalOrder } from '../../domain/fiscal/fiscal-order.ts';
import { decimalText, parseDecimal } from '../../domain/money.ts';

/** What is the same for all receipts of a company. */
export interface FiscalTerms {
  /** Tag 1055. */
  readonly taxSystem: number;
  /** Tag 1199. */
  readonly vat: number;
  /** Tag 1187: the address of the site. */
  readonly place: string;
}

/** Money on account before a service is rendered: an advance (tag 1214) of a payment (tag 1212). */
const advance = 3;
const payment = 10;

/** The body of an order, in the names that operators of fiscal data use. */
export function orderBody(order: FiscalOrder, { taxSystem, vat, place }: FiscalTerms): object {
  const sum = decimalText(order.total);
  return {
    operationType: order.kind === 'payment' ? 1 : 2,
    taxationType: taxSystem,
    retailPlace: place,
    internetSign: 1,
    buyerPhoneOrAddress: order.contact,
    totalSum: sum,
    ecashTotalSum: sum,
    items: [
      {
        name: `Оплата услуг, лицевой счёт ${order.accountNumber}`,
        quantity: '1',
        price: sum,
        sum,
        nds: vat,
        paymentType: advance,
        productType: payment,
      },
    ],
  };
}

const receipt = z.object({
  operationType: z.literal(fiscalOperations),
  dateTime: z.string(),
  totalSum: z.string(),
  user: z.string(),
  userInn: z.string(),
  taxationType: z.number(),
  retailPlace: z.string(),
  kktRegId: z.string(),
  fiscalDriveNumber: z.string(),
  fiscalDocumentNumber: z.string(),
  fiscalSign: z.string(),
  shiftNumber: z.number(),
  requestNumber: z.number(),
  taxServiceSite: z.string(),
  qr: z.string().optional(),
});
const answers = z.discriminatedUnion('status', [
  z.object({ status: z.literal('wait') }),
  z.object({ status: z.literal('done'), receipt }),
  z.object({ status: z.literal('fail'), error: z.string() }),
]);

const longestWhy = 200;

/** What an answer means. Only a register that says no in its own words has refused. */
export function toAnswer(status: number, body: unknown): FiscalAnswer {
  const unknown = (why: string): FiscalAnswer => ({ tag: 'unknown', why });
  const parsed = answers.safeParse(body);
  const isAnswer = parsed.success && isIts(status, parsed.data.status);
  if (!isAnswer) {
    return unknown(`answered ${String(status)} with something that is no answer to an order`);
  }
  const answer = parsed.data;
  switch (answer.status) {
    case 'wait':
      return { tag: 'pending' };
    case 'fail':
      return { tag: 'refused', why: answer.error.slice(0, longestWhy) };
    case 'done':
      return toRegistered(answer.receipt);
  }
}

/** Who we are, and how often we come, is no verdict on the order. */
const notOfOrder: readonly number[] = [401, 403, 408, 429];
const isIts = (status: number, word: 'wait' | 'done' | 'fail'): boolean =>
  word === 'fail'
    ? status >= 400 && status < 500 && !notOfOrder.includes(status)
    : status >= 200 && status < 300;

function toRegistered(told: z.output<typeof receipt>): FiscalAnswer {
  const total = parseDecimal(told.totalSum, 'RUB');
  if (total === undefined) return { tag: 'unknown', why: 'the receipt has a sum that is none' };
  const data = fiscalData({
    operation: told.operationType,
    at: told.dateTime,
    total,
    seller: told.user,
    sellerTaxNumber: told.userInn,
    taxSystem: told.taxationType,
    place: told.retailPlace,
    register: told.kktRegId,
    drive: told.fiscalDriveNumber,
    document: told.fiscalDocumentNumber,
    sign: told.fiscalSign,
    shift: told.shiftNumber,
    numberInShift: told.requestNumber,
    taxSite: told.taxServiceSite,
    qr: told.qr,
  });
  if (data.ok) return { tag: 'registered', data: data.value };
  const { refusal } = data;
  const what = refusal.reason === 'fiscal-qr-differs' ? 'QR' : `tag ${String(refusal.tag)}`;
  return { tag: 'unknown', why: `the receipt has a ${what} that does not do` };
}
