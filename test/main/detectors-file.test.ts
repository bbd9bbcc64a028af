import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usualDetection } from '../../src/domain/protection/detectors/settings.ts';
import { detectionFromFile, detectionSettings } from '../../src/main/detectors-file.ts';

const example = join(import.meta.dirname, '../../deploy/detectors.example.json');

describe('The file of the detectors', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kabinet-detectors-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });
  const written = (content: unknown): string => {
    const path = join(directory, 'detectors.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it('has in its example exactly what holds without a file', () => {
    assert.deepEqual(detectionFromFile(example), usualDetection);
    assert.equal(detectionSettings(undefined), usualDetection);
  });

  it('changes what it names and nothing else', () => {
    const path = written({
      version: 2,
      shadow: ['flood', 'enumeration'],
      foreignObject: { threshold: 5 },
    });

    assert.deepEqual(detectionSettings(path), {
      ...usualDetection,
      version: 2,
      shadow: ['flood', 'enumeration'],
      foreignObject: { ...usualDetection.foreignObject, threshold: 5 },
    });
  });

  it('is refused with the place of the mistake', () => {
    const refused = (content: unknown, sentence: RegExp) => {
      assert.throws(() => detectionFromFile(written(content)), sentence);
    };
    refused({ volume: { deviations: '6' } }, /volume\.deviations/);
    refused({ volume: { deviation: 6 } }, /volume .*deviation/);
    refused({ shadow: ['floods'] }, /shadow\.0/);
    refused({ enumeration: { windowMs: -1 } }, /enumeration\.windowMs/);
    refused([], /the file/);
    refused('{', /is no JSON/);
    assert.throws(() => detectionFromFile(join(directory, 'none')), /cannot be read/);
  });
});
