import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import type { CreateCommand } from '../../../src/application/ports/payment-provider.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { newPayment } from '../../../src/domain/payment.ts';
import { hour, instant } from '../../../src/domain/time.ts';
import type { Stage } from './stage.ts';
import { shown } from './shown.ts';

/** The wish of a payment the core knows nothing of. */
export function commandFor(stage: Stage, over: Partial<CreateCommand> = {}): CreateCommand {
  const number = stage.plain.namesByNumber === true ? { number: randomInt(1, 2 ** 31 - 1) } : {};
  return {
    paymentId: randomUUID() as PaymentId,
    amount: stage.sum(),
    description: 'Лицевой счёт 7000001-1',
    returnUrl: 'https://kabinet.example/payments/1',
    expiresAt: instant(stage.timers.now() + hour),
    ...number,
    ...over,
  };
}

/** A payment made at the provider although no row of ours is there. */
export async function createdElsewhere(
  stage: Stage,
  over: Partial<CreateCommand> = {},
): Promise<PaymentId> {
  const command = commandFor(stage, over);
  const created = await stage.plain.create(command, 4_000);
  assert.ok(created.tag === 'done', shown(created));
  await stage.visit(created.value.redirect);
  return command.paymentId;
}

/** Saves the row of such a payment after all, as if our commit had been slow. */
export async function rowArrives(
  stage: Stage,
  command: CreateCommand,
  provider: string = stage.system.code,
): Promise<void> {
  const { id: ours, customer } = await stage.wish();
  const like = await stage.payment(ours);
  const payment = newPayment(
    {
      ...{ id: command.paymentId, number: command.number, customerId: customer.id },
      ...{ accountId: like.accountId, accountNumber: like.accountNumber, amount: command.amount },
      ...{ method: 'pay', provider },
    },
    like.createdAt,
  );
  await stage.stores.payments.add(payment, { key: randomUUID(), hash: '' });
  await stage.stores.payments.takeToSend(payment.id, stage.clock.now());
}
