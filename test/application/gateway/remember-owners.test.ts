import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemoryOwnershipStore } from '../../../src/adapters/memory/memory-ownership-store.ts';
import { rememberedMs, rememberOwners } from '../../../src/application/gateway/remember-owners.ts';
import type { OwnershipStore } from '../../../src/application/ports/ownership-store.ts';
import type { AccountId, CustomerId } from '../../../src/domain/ids.ts';
import { instant } from '../../../src/domain/time.ts';
import '../../support/fc-runs.ts';

const accounts = ['account 1', 'account 2', 'account 3'] as AccountId[];
const customers = ['anna', 'boris'] as CustomerId[];

/** A store behind a memory, and another gateway that learns straight into the store. */
const given = (limit?: number) => {
  const store = new MemoryOwnershipStore();
  const asked: AccountId[] = [];
  const counted: OwnershipStore = {
    learn: (ownership) => store.learn(ownership),
    ownerOf: (account) => {
      asked.push(account);
      return store.ownerOf(account);
    },
  };
  const time = { now: instant(0) };
  const owners = rememberOwners(counted, { now: () => time.now }, limit);
  const pass = (ms: number) => (time.now = instant(time.now + ms));
  return { store, owners, asked, time, pass };
};

const step = fc.oneof(
  fc.record({
    do: fc.constant('ask' as const),
    account: fc.constantFrom(...accounts),
    asker: fc.constantFrom(...customers),
  }),
  fc.record({
    do: fc.constantFrom('learn here' as const, 'learn elsewhere' as const),
    account: fc.constantFrom(...accounts),
    customerId: fc.constantFrom(...customers),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(rememberedMs / 2) }),
);

describe('rememberOwners', () => {
  it('says that an account is theirs only to who owned it within the minute, and no to nobody from memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
        const { store, owners, time, pass } = given();
        /** Since when each account's owner is what it is. */
        const changedAt = new Map<AccountId, number>();
        let version = 0;
        for (const one of steps) {
          if (one.do === 'wait') pass(one.ms);
          else if (one.do === 'ask') {
            const { account, asker } = one;
            const truth = await store.ownerOf(account);
            const said = await owners.ownerOf(account, asker);
            if (said === truth) continue;
            assert.equal(said, asker);
            assert.ok(time.now - (changedAt.get(account) ?? 0) < rememberedMs);
          } else {
            const { account: accountId, customerId } = one;
            const before = await store.ownerOf(accountId);
            version += 1;
            const ownership = { accountId, customerId, version };
            await (one.do === 'learn here' ? owners : store).learn(ownership);
            if (before !== customerId) changedAt.set(accountId, time.now);
            if (one.do === 'learn here') {
              for (const asker of customers) {
                assert.equal(await owners.ownerOf(accountId, asker), customerId);
              }
            }
          }
        }
      }),
    );
  });

  it('asks the store once a minute for whose account it is', async () => {
    const { store, owners, asked, pass } = given();
    const [account, anna] = [accounts[0]!, customers[0]!];
    await store.learn({ accountId: account, customerId: anna, version: 1 });

    for (let n = 0; n < 5; n += 1) assert.equal(await owners.ownerOf(account, anna), anna);
    assert.equal(asked.length, 1);
    pass(rememberedMs);

    assert.equal(await owners.ownerOf(account, anna), anna);
    assert.equal(asked.length, 2);
  });

  it('asks the store each time whose account it is not, or whose nobody knows', async () => {
    const { store, owners, asked } = given();
    const [account, unknown] = [accounts[0]!, accounts[1]!];
    const [anna, boris] = [customers[0]!, customers[1]!];
    await store.learn({ accountId: account, customerId: anna, version: 1 });

    for (let n = 0; n < 3; n += 1) {
      assert.equal(await owners.ownerOf(account, boris), anna);
      assert.equal(await owners.ownerOf(unknown, boris), undefined);
    }

    assert.equal(asked.length, 6);
  });

  it('remembers no more accounts than it may', async () => {
    const { store, owners, asked } = given(2);
    const anna = customers[0]!;
    for (const accountId of accounts) {
      await store.learn({ accountId, customerId: anna, version: 1 });
      await owners.ownerOf(accountId, anna);
    }

    await owners.ownerOf(accounts[2]!, anna);
    assert.equal(asked.length, 3);
    await owners.ownerOf(accounts[0]!, anna);

    assert.equal(asked.length, 4);
  });

  it('remembers no answer that was on its way while it learned of another owner', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const store = new MemoryOwnershipStore();
        const slow: OwnershipStore = {
          learn: async (ownership) => {
            await scheduler.schedule(Promise.resolve(), 'told');
            await store.learn(ownership);
          },
          ownerOf: async (account) => {
            await scheduler.schedule(Promise.resolve(), 'asked');
            const owner = await store.ownerOf(account);
            await scheduler.schedule(Promise.resolve(), 'answered');
            return owner;
          },
        };
        const owners = rememberOwners(slow, { now: () => instant(0) });
        const [accountId, anna, boris] = [accounts[0]!, customers[0]!, customers[1]!];
        await store.learn({ accountId, customerId: anna, version: 1 });

        void owners.ownerOf(accountId, anna);
        void owners.ownerOf(accountId, anna);
        void owners.learn({ accountId, customerId: boris, version: 2 });
        await scheduler.waitIdle();

        const said = owners.ownerOf(accountId, anna);
        await scheduler.waitIdle();
        assert.equal(await said, boris);
      }),
    );
  });
});
