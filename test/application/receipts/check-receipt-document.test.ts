import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  checkReceiptDocument,
  type BroughtDocument,
} from '../../../src/application/receipts/check-receipt-document.ts';
import { refused } from '../../../src/domain/result.ts';
import { openLimiter } from '../../support/given.ts';
import { givenReceipts } from '../../support/given-receipts.ts';
import { MemoryReceiptStore } from '../../../src/adapters/memory/memory-receipt-store.ts';

const address = '192.0.2.1';

describe('CheckReceiptDocument', () => {
  const given = async () => {
    const world = await givenReceipts();
    const id = await world.paid();
    const { receipts, refunds } = world.stores;
    const shown = await world.show(id, world.anna);
    const file = JSON.parse(shown.ok ? shown.value.document : '') as {
      content: Record<string, unknown>;
      key: { kid: string };
      signature: string;
    };
    const brought: BroughtDocument = { ...file, kid: file.key.kid };
    const ask = checkReceiptDocument(receipts, refunds, world.signer, openLimiter());
    const verdictOn = async (document: BroughtDocument) => {
      const answer = await ask(document, address);
      assert.ok(answer.ok);
      return answer.value;
    };
    return { ...world, id, brought, verdictOn };
  };

  it('knows what was signed, however its members stand, and tells how it stands today', async () => {
    const { brought, verdictOn, back, id } = await given();
    const turned = Object.fromEntries(Object.entries(brought.content).toReversed());
    await back(id, 50_000n);

    const answer = await verdictOn({ ...brought, content: turned });

    assert.ok(answer.verdict === 'valid');
    assert.equal(answer.receipt.status, 'refunded');
  });

  it('finds any field that was tampered with, and names it', async () => {
    const { brought, verdictOn } = await given();
    const names = Object.keys(brought.content);
    assert.ok(names.length >= 14, names.join());

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.jsonValue(), async (name, value) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(brought.content[name]));
        const content = { ...brought.content, [name]: value };

        const answer = await verdictOn({ ...brought, content });

        // Under another code it is another receipt, of which we know nothing to compare with.
        const changed = name === 'code' ? [] : [name];
        assert.deepEqual(answer, { verdict: 'altered', changed });
      }),
      { numRuns: 200 },
    );
  });

  it('finds fields that were added or taken away', async () => {
    const { brought, verdictOn } = await given();
    const { fee: _, ...less } = brought.content;

    assert.deepEqual(await verdictOn({ ...brought, content: less }), {
      verdict: 'altered',
      changed: ['fee'],
    });
    assert.deepEqual(await verdictOn({ ...brought, content: { ...brought.content, tip: 1 } }), {
      verdict: 'altered',
      changed: ['tip'],
    });
  });

  it('takes no signature that was touched, and no text that has no bytes', async () => {
    const { brought, verdictOn } = await given();
    for (const signature of ['', 'AA', `${brought.signature}=`, ` ${brought.signature}`]) {
      const { verdict } = await verdictOn({ ...brought, signature });
      assert.equal(verdict, 'altered', signature);
    }
    const half = { ...brought.content, method: '\ud800' };
    const { verdict } = await verdictOn({ ...brought, content: half });
    assert.equal(verdict, 'altered');
  });

  it('says nothing of what another key signed, or of a receipt that is not here', async () => {
    const { brought, verdictOn, stores, signer } = await given();
    assert.deepEqual(await verdictOn({ ...brought, kid: 'AAAAAAAA' }), { verdict: 'unknown' });

    const elsewhere = checkReceiptDocument(
      new MemoryReceiptStore(),
      stores.refunds,
      signer,
      openLimiter(),
    );
    const answer = await elsewhere(brought, address);
    assert.deepEqual(answer.ok && answer.value, { verdict: 'unknown' });
  });

  it('refuses who asks too often', async () => {
    const { stores, signer, brought } = await given();
    const limiter = openLimiter('receipt-check-address');

    const answer = await checkReceiptDocument(
      stores.receipts,
      stores.refunds,
      signer,
      limiter,
    )(brought, address);

    assert.deepEqual(answer, refused({ reason: 'too-many-tries', retryAfterMs: 1_000 }));
  });
});
