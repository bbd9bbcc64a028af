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
import { markConflict, markUnapplied, meetEvent } from './notification-inbox.ts';
import { childrenOf, saveChildren } from './payment-children.ts';
import { changeValues, paymentMove } from './payment-columns.ts';
import { toPayment, type PaymentRow } from './payment-row.ts';
import { together } from '../pool.ts';
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
  const [met, { rows }] = await together(
    event === undefined ? ('new' as const) : meetEvent(client, event, id),
    client.query<PaymentRow>({
      name: 'payment-lock',
      text: 'SELECT * FROM payment WHERE id = $1 FOR UPDATE',
      values: [id],
    }),
  );
  if (met === 'applied') return { result: 'duplicate' };
  if (met === 'other-body') return { result: 'conflict', why: 'one event key, two bodies' };
  if (rows[0] === undefined) {
    if (event !== undefined) await markUnapplied(client, event);
    return { result: 'payment-unknown' };
  }
  const before = toPayment(rows[0]);
  const children = await childrenOf(client, before);
  const decided = decide(before, children);
  switch (decided.kind) {
    case 'conflict':
      if (event !== undefined) await markConflict(client, event, decided.why);
      return { result: 'conflict', why: decided.why };
    case 'same':
      return { result: 'same', payment: before };
    case 'children':
      await saveChildren(client, before, children, decided, { papers, year });
      await tell(client, before);
      return { result: 'moved', payment: before };
    case 'moved': {
      const { payment } = decided;
      await together(
        payment.state === 'succeeded' && savePapers(client, payment, papers, year),
        client.query({
          name: 'payment-move',
          text: paymentMove,
          values: [payment.id, ...changeValues(payment)],
        }),
      );
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
