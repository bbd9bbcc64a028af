import { setTimeout as sleep } from 'node:timers/promises';
import { keys } from '../../src/main/keys.ts';
import { waitFor } from '../../test/support/processes.ts';
import { customerOfAwaited, idOf, idTextSql, type Named } from './names.ts';
import { run, type Place } from './place.ts';
import type { Payer } from './payers.ts';
import type { BenchPortal, Inside } from './portal.ts';
import { scriptOf, type Counterpart, type Script } from './script.ts';
import { awaitedPayments } from './seed.ts';
import { about, of, traced, type Statement } from './trace.ts';

/** The scripts of one payment, and how many statements each has. */
export interface Scripts {
  /** From the wish to the receipt: the portal's part. */
  readonly life: Script;
  /** Behind it: gateway, books, and the way back into the portal's history. */
  readonly inside: Readonly<Record<'gateway' | 'books' | 'portal', Script>>;
  readonly first: Script;
  readonly repeated: Script;
  readonly trips: Readonly<Record<'life' | 'gateway' | 'books' | 'portal', number>>;
}

/** The number of a payment that waits for its notification and is only traced. */
const awaitedNumber = 900_000_001;
const [seen, drawn] = ['(:n)::text', '(:c)::text'];
const ofCustomer = (customer: number): Counterpart[] => [
  named('customer', customer),
  named('account', customer),
  { text: `A${customer}`, sql: `'A' || ${drawn}` },
  { text: `C${customer}`, sql: `'C' || ${drawn}` },
];
const named = (what: Named, n: number, variable = drawn): Counterpart => ({
  text: idOf(what, n),
  sql: idTextSql(what, variable),
  cast: 'uuid',
});

const nextNumber = ['i :i + 1', 'k :base + :i * :clients + :client_id'];
const anyCustomer = [...nextNumber, 'c random(1, :customers)'];
const inTurn = [...nextNumber, 'n :first + :i - 1', 'c 1 + :n % :customers'];

/** Traces one payment of a customer without the inside, and its scripts. */
export async function traceLife(payer: Payer, customer: number) {
  const key = 'traced-key';
  const tracedAt = Date.now();
  const statements = of(
    await traced(async () => {
      await payer.notified(await payer.sent(customer, key));
    }),
    'portal',
  );
  const keyed = [...ofCustomer(customer), { text: key, sql: `'key-' || (:k)::text` }];
  return { script: scriptOf(statements, anyCustomer, keyed, tracedAt), trips: statements.length };
}

/** Traces what follows a payment behind the portal: all that is not the portal's own part. */
export async function traceInside(payer: Payer, inside: Inside, customer: number, life: number) {
  await sleep(500);
  const tracedAt = Date.now();
  const before = inside.shown();
  const ids = [idOf('customer', customer), idOf('account', customer)];
  const everything = await traced(async () => {
    const payment = await payer.sent(customer, 'traced-inside');
    ids.push(payment);
    await payer.notified(payment);
    await waitFor('the traced payment', () => inside.shown() > before);
    await sleep(500);
  });
  const all = about(everything, ids);
  const parts = {
    gateway: of(all, 'gateway'),
    books: of(all, 'books'),
    portal: of(all, 'portal').slice(life),
  };
  const write = (statements: readonly Statement[]): Script =>
    scriptOf(statements, anyCustomer, ofCustomer(customer), tracedAt);
  return {
    scripts: {
      gateway: write(parts.gateway),
      books: write(parts.books),
      portal: write(parts.portal),
    },
    trips: {
      gateway: parts.gateway.length,
      books: parts.books.length,
      portal: parts.portal.length,
    },
  };
}

/** Traces a notification and its repetition. */
export async function traceNotices(
  { container, provider }: BenchPortal,
  place: Place,
  customers: number,
) {
  await run(place.url('portal'), awaitedPayments(awaitedNumber, 1, customers));
  const take = container.get(keys.takeNotification);
  const n = awaitedNumber;
  const raw = provider.notice(idOf('awaited', n), `evt_awaited${n}`, `cs_test_awaited${n}`);
  const customer = customerOfAwaited(n, customers);
  const counterparts = [
    ...ofCustomer(customer),
    named('awaited', n, seen),
    { text: `awaited${n}`, sql: `'awaited' || ${seen}` },
  ];
  const script = async (expected: string): Promise<Script> => {
    const tracedAt = Date.now();
    const statements = await traced(async () => {
      const { result } = await take(provider.guard.provider, raw);
      if (result !== expected) throw new Error(`the traced notification: ${result}`);
    });
    return scriptOf(statements, inTurn, counterparts, tracedAt);
  };
  return { first: await script('moved'), repeated: await script('duplicate') };
}
