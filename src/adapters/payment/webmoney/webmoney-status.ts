import { z } from 'zod';
import type { Outcome } from '../../../application/ports/payment-provider.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import { questionProof } from './webmoney-hashes.ts';
import { fromMoscowTime, fromPurseAmount } from './webmoney-money.ts';
import { askXml, element } from './webmoney-xml.ts';

export interface StatusSettings {
  /** `https://merchant.webmoney.ru/conf/xml/XMLTransGet.asp`, or the simulator's. */
  readonly statusUrl: string;
  readonly wmid: string;
  readonly purse: string;
  readonly secretKeys: readonly string[];
  readonly mode: 'live' | 'test';
}

const deadlineMs = 10_000;
const answerShape = z.object({
  'merchant.response': z.object({
    retval: z.string(),
    operation: z
      .object({ '@wmtransid': z.string(), amount: z.string(), operdate: z.string() })
      .optional()
      .catch(undefined),
  }),
});

/** X18: asks how the payment with our number stands. Unpaid and unheard of are the same to WebMoney: still open. */
export async function askStatus(
  { statusUrl, wmid, purse, secretKeys, mode }: StatusSettings,
  number: number,
): Promise<Outcome<Claim>> {
  const no = String(number);
  const xml = element(
    'merchant.request',
    [
      element('wmid', wmid),
      element('lmi_payee_purse', purse),
      element('lmi_payment_no', no),
      element('lmi_payment_no_type', '1'),
      element('sha256', questionProof(wmid, purse, no, secretKeys[0] ?? '')),
      ...['sign', 'md5', 'secret_key'].map((name) => element(name, '')),
    ].join(''),
  );
  const answered = await askXml(statusUrl, xml, deadlineMs);
  if (answered.tag !== 'done') return answered;
  const read = answerShape.safeParse(answered.value).data?.['merchant.response'];
  const claim = { ref: undefined, amount: undefined, mode, reason: undefined, paidAt: undefined };
  switch (Number(read?.retval)) {
    case 0: {
      const operation = read?.operation;
      if (operation === undefined) return strange;
      const amount = fromPurseAmount(operation.amount, purse);
      const paidAt = fromMoscowTime(operation.operdate);
      const ref = operation['@wmtransid'];
      return { tag: 'done', value: { ...claim, state: 'paid', ref, amount, paidAt } };
    }
    case 7:
    case -8:
      return { tag: 'done', value: { ...claim, state: 'open' } };
    case -100:
    case -101:
      return { tag: 'not-attempted', why: 'the provider does not take our question' };
    default:
      return strange;
  }
}

const strange = { tag: 'unknown', why: 'the answer says nothing we know' } as const;
