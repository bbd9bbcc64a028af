import { z } from 'zod';
import type {
  Outcome,
  PaymentKey,
  PaymentProvider,
} from '../../../application/ports/payment-provider.ts';
import type { Money } from '../../../domain/money.ts';
import type { RefundClaim } from '../../../domain/refund-settlement.ts';
import { fromPurseAmount, toMoscowTime, toPurseAmount } from './webmoney-money.ts';
import { askXml, element, type Certificate } from './webmoney-xml.ts';

export interface KeeperSettings {
  /** `https://w3s.wmtransfer.com`, or the simulator. */
  readonly keeperUrl: string;
  readonly wmid: string;
  readonly purse: string;
  /** The WMID's certificate; without one nothing is paid back from here. */
  readonly certificate: Certificate | undefined;
}

const deadlineMs = 10_000;
const operationShape = z.object({
  '@id': z.string(),
  pursesrc: z.string(),
  amount: z.string(),
});
const list = z.union([operationShape.transform((one) => [one]), z.array(operationShape)]);
const answerShape = z.object({
  'w3s.response': z.object({
    retval: z.string(),
    operation: operationShape.optional().catch(undefined),
    operations: z.object({ operation: list.optional() }).optional().catch(undefined),
  }),
});
type Answered = z.output<typeof answerShape>['w3s.response'];

/** Paying back by X14. It keeps no key of ours, so the purse's history (X3) is asked before every call. */
export function refundsOf(
  settings: KeeperSettings,
): Required<Pick<PaymentProvider, 'refund' | 'queryRefund'>> {
  const queryRefund: Required<PaymentProvider>['queryRefund'] = (key) =>
    outgoing(settings, key.payment, key.paidBack, key.amount);
  return {
    queryRefund,
    refund: async (command) => {
      const { payment, amount, paidBack } = command;
      const text = toPurseAmount(amount, settings.purse);
      if (text === undefined || payment.ref === undefined) {
        return { tag: 'invalid', why: 'this cannot be paid back from the purse' };
      }
      const before = await outgoing(settings, payment, paidBack, amount);
      if (before.tag !== 'done') return before;
      if (before.value !== 'absent') return { tag: 'done', value: before.value };
      const trans = element('inwmtranid', payment.ref) + element('amount', text);
      const answered = await ask(settings, 'XMLTransMoneybackCert.asp', element('trans', trans));
      if (answered.tag !== 'done') return answered;
      const { retval, operation } = answered.value;
      if (Number(retval) !== 0 || operation === undefined) {
        return { tag: 'unknown', why: `the provider answered ${retval.slice(0, 10)}` };
      }
      return { tag: 'done', value: { state: 'succeeded', ref: operation['@id'], amount } };
    },
  };
}

/** What left our purse for this payment: all of it tells whether a refund is among it. */
async function outgoing(
  settings: KeeperSettings,
  { number }: PaymentKey,
  paidBack: Money,
  amount: Money,
): Promise<Outcome<RefundClaim | 'absent'>> {
  if (number === undefined) return { tag: 'invalid', why: 'the payment has no number' };
  const now = Date.now();
  const span = [
    element('datestart', toMoscowTime(now - 60 * 86_400_000)),
    element('datefinish', toMoscowTime(now + 366 * 86_400_000)),
  ];
  const wanted = [
    element('purse', settings.purse),
    ...['wmtranid', 'tranid', 'wminvid'].map((name) => element(name, '0')),
    element('orderid', String(number)),
    ...span,
  ];
  const body = element('getoperations', wanted.join(''));
  const answered = await ask(settings, 'XMLOperationsCert.asp', body);
  if (answered.tag !== 'done') return answered;
  const { retval, operations } = answered.value;
  if (Number(retval) !== 0) return { tag: 'unknown', why: 'the history was not given' };
  const ours = (operations?.operation ?? []).filter(({ pursesrc }) => pursesrc === settings.purse);
  const total = ours.reduce(
    (sum, { amount: text }) => sum + (fromPurseAmount(text, settings.purse)?.minor ?? 0n),
    0n,
  );
  if (total === paidBack.minor) return { tag: 'done', value: 'absent' };
  if (total < paidBack.minor + amount.minor) {
    return { tag: 'unknown', why: 'other sums have left the purse than we know of' };
  }
  return { tag: 'done', value: { state: 'succeeded', ref: ours.at(-1)?.['@id'], amount } };
}

let lastNumber = 0;

/** Numbers of requests must grow for ever, over restarts too: time does. */
function nextNumber(): string {
  lastNumber = Math.max(lastNumber + 1, Date.now());
  return String(lastNumber);
}

async function ask(
  { keeperUrl, wmid, certificate }: KeeperSettings,
  page: string,
  body: string,
): Promise<Outcome<Answered>> {
  const head = element('reqn', nextNumber()) + element('wmid', wmid) + element('sign', '');
  const xml = element('w3s.request', head + body);
  const answered = await askXml(`${keeperUrl}/asp/${page}`, xml, deadlineMs, certificate);
  if (answered.tag !== 'done') return answered;
  const read = answerShape.safeParse(answered.value).data?.['w3s.response'];
  return read === undefined
    ? { tag: 'unknown', why: 'the answer has not the form it should have' }
    : { tag: 'done', value: read };
}
