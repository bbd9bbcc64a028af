import assert from 'node:assert/strict';
import { agreeToAutoPay, announced, charging, roundEnded } from '../../src/domain/autopay.ts';
import type { ConsentId, PaymentId, SavedMethodId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { day, later, minute } from '../../src/domain/time.ts';
import { freshId, givenAccount, givenChange, givenCustomer, noon } from '../support/given.ts';
import { onEveryStore, type PortalStores } from '../support/portal-stores.ts';

const zone = 'Europe/Moscow';
const rub = (minor: bigint) => money(minor, 'RUB');
const long = 60 * day;

async function given({ accounts, autopays }: PortalStores, dayOfMonth = 20) {
  const anna = givenCustomer();
  const account = givenAccount(anna);
  await accounts.take(givenChange(account), noon);
  const wish = () => ({
    ...{ customerId: anna.id, accountId: account.id, limit: rub(60_000n), dayOfMonth },
    ...{ savedMethod: freshId<SavedMethodId>(), consentId: freshId<ConsentId>() },
  });
  const autopay = agreeToAutoPay(wish(), zone, noon);
  await autopays.agree(autopay, 'first words', noon);
  return { anna, account, autopay, wish };
}

onEveryStore('AutoPayStore', (stores) => {
  it('gives back every stage as it was saved', async () => {
    const { autopays } = stores();
    const { anna, account, autopay } = await given(stores());
    const told = announced(autopay, rub(50_000n), noon);
    const begun = charging(told, rub(40_000n), freshId<PaymentId>());
    const last = { end: 'paid', amount: rub(40_000n), payment: freshId<PaymentId>() } as const;
    const closed = roundEnded(begun, last, zone, later(noon, day));
    const empty = { end: 'nothing-due', amount: undefined, payment: undefined } as const;
    const skipped = roundEnded(closed, empty, zone, later(noon, day));

    assert.deepEqual(await autopays.find(account.id, anna.id), autopay);
    for (const saved of [told, begun, closed, skipped]) {
      assert.equal(await autopays.save(saved), true);
      assert.deepEqual(await autopays.list(anna.id), [saved]);
    }
  });

  it('shows nobody another customer’s, and stops nobody else’s', async () => {
    const { autopays } = stores();
    const { account, autopay, anna } = await given(stores());
    const boris = givenCustomer();

    assert.equal(await autopays.find(account.id, boris.id), undefined);
    assert.deepEqual(await autopays.list(boris.id), []);
    assert.equal(await autopays.stop(account.id, boris.id, noon), false);
    await autopays.stopBy(autopay.savedMethod, boris.id, noon);
    assert.deepEqual(await autopays.find(account.id, anna.id), autopay);
  });

  it('keeps one for an account, and every agreement with its end', async () => {
    const { autopays, consents } = stores();
    const { anna, account, wish } = await given(stores());
    const second = agreeToAutoPay(wish(), zone, noon);
    await autopays.agree(second, 'second words', later(noon, 1));

    assert.deepEqual(await autopays.list(anna.id), [second]);
    assert.deepEqual(await consents(anna.id), [
      { words: 'first words', ended: true },
      { words: 'second words', ended: false },
    ]);
    assert.equal(await autopays.stop(account.id, anna.id, noon), true);
    assert.equal(await autopays.stop(account.id, anna.id, noon), false);
    assert.deepEqual(
      (await consents(anna.id)).map(({ ended }) => ended),
      [true, true],
    );
  });

  it('of many agreements at once keeps exactly one alive', async () => {
    const { autopays, consents } = stores();
    const { anna, wish } = await given(stores());
    const all = Array.from({ length: 8 }, () => agreeToAutoPay(wish(), zone, noon));
    await Promise.all(all.map((one) => autopays.agree(one, one.consentId, noon)));

    const kept = await autopays.list(anna.id);
    assert.equal(kept.length, 1);
    const alive = (await consents(anna.id)).filter(({ ended }) => !ended);
    assert.deepEqual(alive, [{ words: kept[0]?.consentId, ended: false }]);
  });

  it('stops all that charge a method', async () => {
    const { autopays } = stores();
    const { anna, autopay } = await given(stores());
    await autopays.stopBy(freshId(), anna.id, noon);
    assert.equal((await autopays.list(anna.id)).length, 1);
    await autopays.stopBy(autopay.savedMethod, anna.id, noon);
    assert.deepEqual(await autopays.list(anna.id), []);
  });

  it('gives one that is due to one taker until the lease ends', async () => {
    const { autopays } = stores();
    const { autopay } = await given(stores());
    const at = later(autopay.stage.chargeAt, -2 * day);

    assert.deepEqual(await autopays.takeDue(later(at, -1), 10, minute), []);
    assert.deepEqual(await autopays.takeDue(at, 10, minute), [autopay]);
    assert.deepEqual(await autopays.takeDue(later(at, minute - 1), 10, minute), []);
    for (let n = 1; n <= 20; n += 1) {
      const now = later(at, n * minute);
      const takes = Array.from({ length: 8 }, () => autopays.takeDue(now, 10, minute));
      assert.deepEqual((await Promise.all(takes)).flat(), [autopay]);
    }
  });

  it('takes no more than asked, the longest due first', async () => {
    const { autopays } = stores();
    const late = await given(stores(), 25);
    const soon = await given(stores(), 15);
    const taken = await autopays.takeDue(later(noon, long), 1, minute);
    assert.deepEqual(taken, [soon.autopay]);
    assert.deepEqual(await autopays.takeDue(later(noon, long), 1, minute), [late.autopay]);
  });

  it('saves a step with its message or neither: not over what the customer has changed or ended', async () => {
    const { autopays, outbox } = stores();
    const { anna, account, autopay, wish } = await given(stores());
    const message = (id: string) => ({
      ...({ id, topic: 'sms', customerId: anna.id, body: '{}', createdAt: noon } as const),
    });
    const told = announced(autopay, rub(50_000n), noon);
    const first = freshId();
    assert.equal(await autopays.save(told, message(first)), true);
    const changed = agreeToAutoPay(wish(), zone, noon);
    await autopays.agree(changed, 'others', noon);

    assert.equal(
      await autopays.save(charging(told, rub(1n), freshId<PaymentId>()), message(freshId())),
      false,
    );
    assert.deepEqual(await autopays.find(account.id, anna.id), changed);
    await autopays.stop(account.id, anna.id, noon);
    assert.equal(await autopays.save(changed, message(freshId())), false);
    const waiting = await outbox.take(10, minute, noon);
    assert.deepEqual(
      waiting.map(({ id }) => id),
      [first],
    );
  });
});
