import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { questionProof } from '../hashes.ts';
import { moscowTime } from '../moscow-time.ts';
import type { PaymentDesk } from '../payment-desk.ts';
import { payer, payerPurse } from '../purse-payment.ts';
import type { PursePayment, Transfer } from '../purse-payment.ts';
import type { ShopPurse } from '../shop-purse.ts';
import { digits, text } from './keeper-request.ts';
import { element } from './xml-answer.ts';
import type { Xml } from './xml-answer.ts';
import { XmlProblem, retvals } from './xml-calls.ts';
import type { XmlCall } from './xml-calls.ts';

const DAY_MS = 24 * 60 * 60_000;

const shape = z
  .object({
    'merchant.request': z.object({
      wmid: text,
      lmi_payee_purse: text,
      lmi_payment_no: digits,
      lmi_payment_no_type: z.enum(['', '0', '1', '2', '3']).default('0'),
      sha256: text,
      md5: text,
      sign: text,
      secret_key: text,
    }),
  })
  .transform((document) => document['merchant.request']);
type StatusQuestion = z.infer<typeof shape>;

/** X18: what has become of a payment, asked with the secret key. */
export function statusQuestion(desk: PaymentDesk): XmlCall<StatusQuestion> {
  const { purse } = desk;
  return {
    kind: 'query',
    root: 'merchant.response',
    shape,
    admit: (question) => admit(question, purse),
    lead: () => [],
    work: (question) => {
      const payment = find(desk, question);
      if (payment === undefined) throw new XmlProblem(retvals.unknown, 'there is no such payment');
      const { transfer } = payment;
      if (transfer === undefined) {
        throw new XmlProblem(purse.unpaidRetval, 'the payment is not made');
      }
      return [operation(payment, transfer, desk)];
    },
  };
}

function admit(question: StatusQuestion, purse: ShopPurse): void {
  const { sha256, md5, sign, secret_key: secretKey, lmi_payment_no: paymentNo } = question;
  const proofs = [sha256, md5, sign, secretKey].filter((proof) => proof !== '');
  if (proofs.length !== 1) throw new XmlProblem(retvals.badRequest, 'give exactly one proof');
  const asked = { ...purse, wmid: question.wmid, purse: question.lmi_payee_purse };
  const isProven =
    isSame(sha256, questionProof(asked, paymentNo, 'SHA256')) ||
    isSame(md5, questionProof(asked, paymentNo, 'MD5')) ||
    isSame(secretKey, purse.secretKey);
  if (!isProven) throw new XmlProblem(retvals.badRequest, 'the proof is wrong');
  if (asked.wmid !== purse.wmid || asked.purse !== purse.purse) {
    throw new XmlProblem(retvals.notAllowed, 'the purse is not yours');
  }
}

/** Where nobody says whose number it is, it is tried as the shop's, then as an invoice's, then as a transfer's. */
function find(desk: PaymentDesk, question: StatusQuestion): PursePayment | undefined {
  const { lmi_payment_no: number, lmi_payment_no_type: type } = question;
  switch (type) {
    case '1':
      return desk.withNumber(number);
    case '2':
      return desk.withInvoice(number);
    case '3':
      return desk.withTransfer(number);
    default:
      return desk.withNumber(number) ?? desk.withInvoice(number) ?? desk.withTransfer(number);
  }
}

function operation(payment: PursePayment, transfer: Transfer, desk: PaymentDesk): Xml {
  const { invoiceNo, description, holdDays } = payment;
  const told: Readonly<Record<string, string>> = {
    amount: transfer.amountText,
    operdate: moscowTime(transfer.at),
    purpose: description,
    pursefrom: payerPurse(desk.purse.purse),
    wmidfrom: payer.wmid,
    hold_period: holdDays ?? '0',
    hold_state: isHeld(payment, transfer, desk.now()) ? '1' : '0',
    capitallerflag: '0',
    enumflag: transfer.confirmedBy === 'ENUM' ? '1' : '0',
    IPAddress: payer.address,
    telepat_phone: '',
    telepat_paytype: '',
    paymer_number: '',
    paymer_email: '',
    paymer_type: '',
    cashier_number: '',
    cashier_date: '',
    cashier_amount: '',
    sdp_type: '',
    payer_countryid: payer.country,
    payer_pcountryid: payer.country,
  };
  const children = Object.entries(told).map(([name, value]) => element(name, value));
  return element('operation', children, { wmtransid: transfer.number, wminvoiceid: invoiceNo });
}

function isHeld({ holdDays }: PursePayment, { at }: Transfer, now: number): boolean {
  return holdDays !== undefined && now < at + Number(holdDays) * DAY_MS;
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
