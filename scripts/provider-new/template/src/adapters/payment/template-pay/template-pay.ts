import type {
  CreateCommand,
  Created,
  Outcome,
  PaymentProvider,
} from '../../../../../../../src/application/ports/payment-provider.ts';
import type { Claim } from '../../../../../../../src/domain/payment-claim.ts';
import { callDeadlineMs, inTime } from '../../../../../../../src/adapters/payment/deadline.ts';
import { unreadable } from '../../../../../../../src/adapters/payment/trouble.ts';
import { statusAnswer } from '../../../../../../../src/adapters/payment/status-answer.ts';
import { call, type TemplatePayAccess } from './template-pay-calls.ts';
import { claimFrom, createdFrom, paymentRequest, readNotice } from './template-pay-wire.ts';

export interface TemplatePaySettings extends TemplatePayAccess {
  /** Keys notifications may still be signed with while the secret key is being replaced. */
  readonly retiredKeys?: readonly string[];
  readonly mode: Claim['mode'];
}

/** Template Pay: made under our own id, paid on its page, told with a signature. A further member is a capability. */
export function templatePay(settings: TemplatePaySettings): PaymentProvider {
  const { secretKey, retiredKeys = [], mode } = settings;
  const notices = { keys: [secretKey, ...retiredKeys], mode };
  return {
    code: 'template-pay',
    mode,
    create: (command, deadlineMs) =>
      inTime(deadlineMs, (until) => create(settings, command, until)),
    query: ({ paymentId }) => inTime(callDeadlineMs, (until) => ask(settings, paymentId, until)),
    readNotification: ({ headers, body }) => readNotice(body, headers['x-signature'], notices),
    answer,
  };
}

/** Makes the payment. Its key there is our id, so however often that is done there is one. */
async function create(
  access: TemplatePayAccess,
  command: CreateCommand,
  until: number,
): Promise<Outcome<Created>> {
  const body = paymentRequest(command);
  if (body === undefined) return { tag: 'invalid', why: 'this sum cannot be charged there' };
  const told = await call(access, command.paymentId, until, body);
  if (told.tag !== 'done') return told;
  const created = told.value === 'absent' ? undefined : createdFrom(told.value, command.amount);
  return created === undefined ? unreadable : { tag: 'done', value: created };
}

/** How a payment stands. */
async function ask(
  settings: TemplatePaySettings,
  id: string,
  until: number,
): Promise<Outcome<Claim | 'absent'>> {
  const told = await call(settings, id, until);
  if (told.tag !== 'done') return told;
  if (told.value === 'absent') return { tag: 'done', value: 'absent' };
  const claim = claimFrom(told.value, settings.mode);
  return claim === undefined ? unreadable : { tag: 'done', value: claim };
}

/** They look at the status only, and come again for a day after anything but 200. */
const answer = statusAnswer();
