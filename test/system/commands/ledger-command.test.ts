import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { exampleEvents, ledgerCommands } from '../../support/ledger-commands.ts';

describe('npm run ledger', function () {
  this.timeout(120_000);
  const { ledger, given, seal, stage } = ledgerCommands();

  it('posts every kind of event from a file, and nothing twice', async () => {
    const first = await ledger('post', '--file', exampleEvents);
    const again = await ledger('post', '--file', exampleEvents);

    const lines = readFileSync(exampleEvents, 'utf8').trimEnd().split('\n').length;
    assert.deepEqual(
      [first.code, first.out, first.err],
      [0, `${lines} posted, 0 known already\n`, ''],
    );
    assert.deepEqual([again.code, again.out], [0, `0 posted, ${lines} known already\n`]);

    const bill = await ledger('why', '--invoice', 'bill-2026-10-7000001');
    assert.equal(bill.code, 0, bill.err);
    assert.match(bill.out, /^ {2}12\.5 m³ × 43\.5712 × 15\/31 = 263\.54 RUB \(\+0\.00451\)$/m);
    assert.match(bill.out, /^to pay: \d+\.\d\d RUB$/m);
    const none = await ledger('why', '--invoice', 'x');
    assert.deepEqual([none.code, none.err], [2, 'kabinet: there is no bill x\n']);
  });

  it('ends at the first line that is refused, and names it', async () => {
    const [good = ''] = readFileSync(exampleEvents, 'utf8').split('\n');
    const refusals: Readonly<Record<string, RegExp>> = {
      '{': /line 3: is no JSON/,
      '{"type":"gift"}': /line 3: has no type of charge-raised, /,
      '{"type":"settled","provider":"a b"}': /line 3: at /,
      '{"type":"charge-cancelled","invoiceId":"none","account":"7000001","at":"2026-10-01T00:00:00Z"}':
        /line 3: original-unknown charge:none/,
      '{"type":"settled","provider":"alpha","batchId":"1","amount":{"value":"1.5","currency":"RUB"},"at":"2026-10-01T00:00:00Z"}':
        /line 3: amount is no sum of its currency/,
    };
    for (const [line, sentence] of Object.entries(refusals)) {
      const { code, err } = await ledger('post', '--file', given(`${good}\n\n${line}\n${good}\n`));
      assert.equal(code, 1);
      assert.match(err, sentence);
    }
    const nowhere = await ledger('post', '--file', 'nowhere');
    assert.deepEqual(
      [nowhere.code, nowhere.err.split(':').slice(0, 2)],
      [3, ['kabinet', ' cannot read nowhere']],
    );
  });

  it('prints the trial balance of now, of a day, and by account', async () => {
    await ledger('post', '--file', exampleEvents);

    const [now, then, every, json] = await Promise.all([
      ledger('balance'),
      ledger('balance', '--at', '2026-10-02'),
      ledger('balance', '--accounts'),
      ledger('balance', '--json'),
    ]);

    for (const { code, err } of [now, then, every, json]) assert.deepEqual([code, err], [0, '']);
    assert.match(now.out, /^receivable +62\.01 +RUB /m);
    assert.match(now.out, /^all +RUB +(\d+\.\d\d) +\1 +0\.00$/m);
    assert.match(every.out, /^clearing:alpha:RUB +57\.03 +RUB /m);
    assert.doesNotMatch(then.out, /^bank/m);
    const { currencies } = JSON.parse(json.out) as {
      currencies: { debits: string; credits: string }[];
    };
    for (const { debits, credits } of currencies) assert.equal(debits, credits);
  });

  it('closes a month that is over, once', async () => {
    const closed = await ledger('close', '--period', '2026-10');
    const [again, future] = await Promise.all([
      ledger('close', '--period', '2026-10'),
      ledger('close', '--period', '2999-01'),
    ]);

    assert.equal(closed.code, 0, closed.err);
    assert.match(closed.out, /^closed: 2026-10 and all before it/);
    assert.deepEqual([again.code, future.code], [2, 2]);
    assert.match(again.err, /2026-10 is closed already/);
    assert.match(future.err, /2999-01 is not over yet/);
    assert.equal((await ledger('post', '--file', exampleEvents)).code, 0);
    assert.equal(await stage().bookedIn('2026-10'), 0);
  });

  it('checks sound books, and names what was changed behind it', async () => {
    await ledger('post', '--file', exampleEvents);
    await seal();
    const sound = await ledger('check');
    assert.equal(sound.code, 0, sound.out);
    const [, mark = ''] =
      /^\d+ entries, all holds; the last of 1 seals is (\d+:[0-9a-f]{64})$/m.exec(sound.out) ?? [];
    assert.match(sound.err, /entries balance[^]*seals hold/);
    assert.equal((await ledger('check', '--seal', mark)).code, 0);
    const other = mark.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const strange = await ledger('check', '--seal', other);
    assert.equal(strange.code, 1);
    assert.match(strange.out, /seals hold: the seal at entry \d+: expected /);

    const client = await stage().pool.connect();
    await client.query('SET session_replication_role = replica');
    await client.query(
      "UPDATE ledger_counter SET debits = debits + 1 WHERE ledger_account = 'clearing:alpha:RUB'",
    );
    await client.query("UPDATE entry SET memo = 'other' WHERE seq = (SELECT min(seq) FROM entry)");
    client.release(true);

    const [text, json] = await Promise.all([ledger('check'), ledger('check', '--json')]);
    assert.deepEqual([text.code, json.code], [1, 1]);
    assert.match(
      text.out,
      /^counters are the sums of their postings: counter clearing:alpha:RUB in RUB: expected debits /m,
    );
    assert.match(text.out, /^seals hold: the \d+ entries sealed up to entry \d+: expected /m);
    const lines = json.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { place?: string; differences?: number });
    assert.equal(lines.length, 3);
    assert.equal(lines.at(-1)?.differences, 2);
  });
});
