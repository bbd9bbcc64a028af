import type pg from 'pg';
import type {
  Applied,
  Children,
  Decision,
  InboxEvent,
  Papers,
} from '../../../application/ports/payment-store.ts';
import { unreachable } from '../../../domain/invariant.ts';
import type { PaymentId } from '../../../domain/ids.ts';
import type { Payment } from '../../../domain/payment.ts';
import { addToFeed } from './feed.ts';
import { markApplied, meetEvent } from './notification-inbox.ts';
import { childrenOf, saveChildren } from './payment-children.ts';
import { changeValues, paymentChange } from './payment-columns.ts';
import { toPayment, type PaymentRow } from './payment-row.ts';
import { savePapers } from './success-papers.ts';

/** What is decided under a payment's lock, and by what it is written down. */
export interface Applying {
  readonly event: InboxEvent | undefined;
  readonly decide: (payment: Payment, children: Children) => Decision;
  readonly papers: Papers;
  readonly year: number;
}

/** Inbox, state, credit, receipt, children and messages: one transaction under the payment's row lock. */
export async function applyToPayment(
  client: pg.ClientBase,
  id: PaymentId,
  { event, decide, papers, year }: Applying,
): Promise<Applied> {
  const met = event === undefined ? 'new' : await meetEvent(client, event, id);
  if (met === 'applied') return { result: 'duplicate' };
  if (met === 'other-body') return { result: 'conflict', why: 'one event key, two bodies' };
  const { rows } = await client.query<PaymentRow>({
    name: 'payment-lock',
    text: 'SELECT * FROM payment WHERE id = $1 FOR UPDATE',
    values: [id],
  });
  if (rows[0] === undefined) return { result: 'payment-unknown' };
  const before = toPayment(rows[0]);
  const children = await childrenOf(client, before);
  const decided = decide(before, children);
  if (event !== undefined) {
    await markApplied(client, event, decided.kind === 'conflict' ? decided.why : undefined);
  }
  switch (decided.kind) {
    case 'conflict':
      return { result: 'conflict', why: decided.why };
    case 'same':
      return { result: 'same', payment: before };
    case 'children':
      await saveChildren(client, before, children, decided, papers);
      await tell(client, before);
      return { result: 'moved', payment: before };
    case 'moved': {
      const { payment } = decided;
      await client.query({
        name: 'payment-change',
        text: paymentChange,
        values: [payment.id, ...changeValues(payment)],
      });
      if (payment.state === 'succeeded') await savePapers(client, payment, papers, year);
      await tell(client, payment);
      return { result: 'moved', payment };
    }
    default:
      return unreachable(decided);
  }
}

const tell = (client: pg.ClientBase, payment: Payment): Promise<void> =>
  addToFeed(client, payment.customerId, [
    { kind: 'payment', ref: payment.id, detail: payment.state },
  ]);
