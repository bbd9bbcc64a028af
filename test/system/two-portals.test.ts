import assert from 'node:assert/strict';
import { startFivePrograms, type FivePrograms } from '../support/five-programs.ts';
import { freePort } from '../support/free-port.ts';
import { waitFor } from '../support/processes.ts';
import { ensureRabbitmq } from '../support/rabbitmq.ts';
import { skipUnless } from '../support/skips.ts';

const deliveries = 20;

interface Told {
  readonly paymentId: string;
  readonly kind: string;
  readonly headers: Record<string, string>;
  readonly bodyBase64: string;
}

describe('two portals over one PostgreSQL', function () {
  this.timeout(240_000);
  let five: FivePrograms;
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    five = await startFivePrograms();
  });
  after(async () => {
    await five?.stop();
  });

  it('credit a payment once that both are told of twenty times at once', async () => {
    const customer = five.client();
    await customer.signIn('7000001', 'demo-Kabinet-2026', '+79990000001');
    const [account] = (await customer.get('/api/accounts')).body.items;
    const { id } = (await customer.pay(account.id, '70000')).body;
    await customer.paymentBecomes(id, 'pending');
    // While the portal is away the notification is sent in vain, and can be taken down.
    await five.program('portal').stop();
    await customer.control(id, { outcome: 'pay' });
    const notice = await paidNotice(five.simulatorsUrl, id);
    await five.restart('portal');
    const otherPort = await freePort();
    await five.another('portal', { PORT: String(otherPort), PORTAL_INSTANCE: 'portal-2' });

    const ports = [five.portalPort, otherPort];
    const statuses = await Promise.all(
      Array.from({ length: deliveries }, async (_, n) => {
        const { headers, bodyBase64 } = notice;
        const url = `http://localhost:${String(ports[n % 2])}/notify/stripe`;
        const body = Buffer.from(bodyBase64, 'base64');
        return (await fetch(url, { method: 'POST', headers: withoutLength(headers), body })).status;
      }),
    );

    assert.deepEqual(
      statuses,
      Array.from({ length: deliveries }, () => 200),
    );
    const sql = 'SELECT count(*)::int AS n FROM payment_credit WHERE payment_id = $1';
    assert.equal((await five.rows('portal', sql, [id]))[0]?.['n'], 1);
    await customer.paymentBecomes(id, 'succeeded', true);
    const entries = 'SELECT count(*)::int AS n FROM entry WHERE key = $1';
    assert.equal(
      (await five.rows('books', entries, [`capture:stripe:${String(id)}`]))[0]?.['n'],
      1,
    );
  });
});

async function paidNotice(simulatorsUrl: string, id: string): Promise<Told> {
  let found: Told | undefined;
  await waitFor('the notification', async () => {
    const answer = await fetch(`${simulatorsUrl}/control/stripe/notifications`);
    const { items } = (await answer.json()) as { items: Told[] };
    found = items.find(({ paymentId, kind }) => paymentId === id && /completed/.test(kind));
    return found !== undefined;
  });
  assert.ok(found);
  return found;
}

/** The headers that count; `fetch` writes the rest itself. */
const withoutLength = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(host|content-length|connection)$/i.test(name)),
  );
