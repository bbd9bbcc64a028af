import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canariesFile } from '../../src/adapters/settings/canaries-file.ts';
import { MemoryCanarySettings } from '../../src/adapters/memory/memory-canary-settings.ts';
import type { CanarySettings } from '../../src/application/ports/canary-settings.ts';

const canary = (note: string) => ({ id: randomUUID(), note });

const settingsContract = (given: () => CanarySettings): void => {
  it('has none at first', async () => {
    assert.deepEqual(await given().read(), []);
  });

  it('keeps what is named in its order, and nothing that is not', async () => {
    const settings = given();
    const [first, second, third] = [canary('in a table'), canary(''), canary('в письме «x»')];
    await settings.keep([first, second]);
    assert.deepEqual(await settings.read(), [first, second]);

    await settings.keep([second, third]);
    assert.deepEqual(await settings.read(), [second, third]);
    await settings.keep([]);
    assert.deepEqual(await settings.read(), []);
  });

  it('has an id once, with the note of the last', async () => {
    const settings = given();
    const one = canary('old');
    await settings.keep([one, { ...one, note: 'new' }]);

    assert.deepEqual(await settings.read(), [{ ...one, note: 'new' }]);
  });
};

describe('Canary settings in memory', () => {
  settingsContract(() => new MemoryCanarySettings());
});

describe('Canary settings in a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-canaries-'));
  let files = 0;
  const newPath = (): string => join(directory, String((files += 1)), 'canaries.json');
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  settingsContract(() => canariesFile(newPath()));

  it('are whole when they are read, whoever keeps some meanwhile', async () => {
    const path = newPath();
    const settings = canariesFile(path);
    const lists = [1, 2, 3, 4].map((length) => Array.from({ length }, () => canary('x')));
    await settings.keep(lists[0]!);

    const [reads] = await Promise.all([
      Promise.all(Array.from({ length: 50 }, () => settings.read())),
      ...lists.map((list) => settings.keep(list)),
    ]);

    for (const read of reads) assert.deepEqual(read, lists[read.length - 1]);
    assert.ok(readFileSync(path, 'utf8').endsWith('}\n'), 'a file people may edit');
  });

  it('say where they are wrong, and lose nothing then', async () => {
    const path = join(directory, 'wrong.json');
    const settings = canariesFile(path);
    const many = Object.fromEntries(Array.from({ length: 1_001 }, () => [randomUUID(), '']));
    const cases = [
      ['{', /is no JSON/],
      ['[]', /the file /],
      [JSON.stringify({ '7000001': '' }), /7000001 is no account id/],
      [JSON.stringify({ [randomUUID().toUpperCase()]: '' }), /is no account id/],
      [JSON.stringify({ [randomUUID()]: 'x'.repeat(201) }), /more than 200 characters/],
      [JSON.stringify({ [randomUUID()]: 1 }), /takes a text, not a number/],
      [JSON.stringify(many), /more than 1000 canaries/],
    ] as const;
    for (const [text, why] of cases) {
      writeFileSync(path, text);
      await assert.rejects(settings.read(), why);
      await assert.rejects(settings.keep([canary('')]), why);
      assert.equal(readFileSync(path, 'utf8'), text);
    }
    await assert.rejects(canariesFile(directory).read(), /cannot be read/);
  });
});
