import type { AutoPay } from '../../domain/autopay.ts';
import type { SavedMethod } from '../../domain/saved-method.ts';
import { isoText } from '../../domain/time.ts';
import type { AutoPayJson, SavedMethodJson } from './contract/autopay-json.ts';
import { toMoneyJson } from './to-json.ts';

export const toSavedMethodJson = ({
  id,
  method,
  title,
  createdAt,
}: SavedMethod): SavedMethodJson => ({ id, method, title, createdAt: isoText(createdAt) });

export function toAutoPayJson(autopay: AutoPay): AutoPayJson {
  const { accountId, savedMethod, limit, dayOfMonth, stage, last } = autopay;
  return {
    ...{ accountId, savedMethod, dayOfMonth, limit: toMoneyJson(limit) },
    ...{ stage: stage.tag, chargeAt: isoText(stage.chargeAt) },
    ...(stage.tag === 'waiting' ? {} : { announced: toMoneyJson(stage.amount) }),
    ...(last === undefined ? {} : { last: lastJson(last) }),
  };
}

const lastJson = ({ end, at, amount, payment }: NonNullable<AutoPay['last']>) => ({
  ...{ end, at: isoText(at) },
  ...(amount === undefined ? {} : { amount: toMoneyJson(amount) }),
  ...(payment === undefined ? {} : { paymentId: payment }),
});
