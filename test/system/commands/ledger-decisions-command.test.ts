import assert from 'node:assert/strict';
import { exampleEvents, ledgerCommands } from '../../support/ledger-commands.ts';

describe('what people decide by npm run ledger', function () {
  this.timeout(120_000);
  const { ledger, given, stage } = ledgerCommands();

  it('lets a difference pass by one person up to the limit of the day, by two above it, and once', async () => {
    const tolerate = (caseId: string, ...args: string[]) =>
      ledger('tolerate', '--case', caseId, ...args);
    const ask = (caseId: string, amount: string) =>
      tolerate(
        caseId,
        '--provider',
        'alpha',
        `--amount=${amount}`,
        '--by',
        'Anna',
        '--reason',
        'fee',
      );

    const small = await ask('alpha:1', '100.00');
    const large = await ask('alpha:2', '-0.01');
    const own = await tolerate('alpha:2', '--agree', '--by', ' anna');
    const agreed = await Promise.all([
      tolerate('alpha:2', '--agree', '--by', 'Boris'),
      tolerate('alpha:2', '--agree', '--by', 'Vera'),
    ]);
    const [closed, stranger, list] = await Promise.all([
      tolerate('alpha:2', '--decline', '--by', 'Boris'),
      tolerate('alpha:3', '--agree', '--by', 'Boris'),
      ledger('tolerate', '--list'),
    ]);
    const file = await ledger('post', '--file', given('{"type":"difference-tolerated"}'));

    assert.deepEqual(
      [small.code, small.out],
      [0, 'case alpha:1 is closed: 100.00 RUB let pass by Anna, booked as diff:alpha:1\n'],
      small.err,
    );
    assert.equal(large.code, 1);
    assert.match(large.out, /^case alpha:2 waits for a second person/);
    assert.deepEqual(
      [own.code, own.err],
      [2, 'kabinet: somebody else has to agree: nobody approves their own\n'],
    );
    const outs = agreed.map(({ code, out }) => [
      code,
      / (booked|booked before) as /.exec(out)?.[1],
    ]);
    assert.deepEqual(outs.toSorted(), [
      [0, 'booked'],
      [0, 'booked before'],
    ]);
    assert.match(closed.err, /^kabinet: case alpha:2 is closed \(agreed\)/);
    assert.match(stranger.err, /^kabinet: nobody has asked about case alpha:3/);
    assert.match(
      list.out,
      /^alpha:2 {2}alpha {2}-0\.01 RUB {2}agreed by (Boris|Vera) {2}asked by Anna /,
    );
    assert.equal(file.code, 1);
    assert.match(file.err, /line 1: is no event for a file: npm run ledger -- tolerate/);
    const { rows } = await stage().pool.query<{ key: string }>(
      'SELECT key FROM entry ORDER BY seq',
    );
    assert.deepEqual(
      rows.map(({ key }) => key),
      ['diff:alpha:1', 'diff:alpha:2'],
    );
  });

  it('closes an account that stands at nothing, and says what is in the way of another', async () => {
    const close = (account: string) =>
      ledger('close-account', '--account', account, '--reason', 'sold');
    await stage().addAccount('RUB', '7000009');
    await ledger('post', '--file', exampleEvents);

    const [busy, none, closed] = [
      await close('7000001'),
      await close('none'),
      await close('7000009'),
    ];
    const charge =
      '{"type":"charge-raised","invoiceId":"i","account":"7000009","amount":{"value":"1.00","currency":"RUB"},"at":"2026-10-01T00:00:00Z"}';
    const late = await ledger('post', '--file', given(charge));

    assert.equal(busy.code, 2);
    assert.match(busy.err, /^kabinet: account 7000001 (stands at -?\d+\.\d\d RUB|has money held)/);
    assert.deepEqual([none.code, none.err], [2, 'kabinet: there is no account none\n']);
    assert.equal(closed.code, 0, closed.err);
    assert.match(closed.out, /^closed: account 7000009; /);
    assert.equal(late.code, 1);
    assert.match(late.err, /line 1: account-closed 7000009: nothing is posted to a closed account/);
    const { rows } = await stage().pool.query('SELECT DISTINCT reason FROM closed_ledger_account');
    assert.deepEqual(rows, [{ reason: 'sold' }]);
  });
});
