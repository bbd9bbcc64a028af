import assert from 'node:assert/strict';
import { arrivedWhole, plainCode } from '../../../src/adapters/browser/sign-in/code-input.ts';
import { returnPath } from '../../../src/adapters/browser/sign-in/return-path.ts';

describe('the code field', () => {
  it('does not mind spaces and dashes', () => {
    assert.equal(plainCode('12 34-56'), '123456');
  });

  it('sends a code that came whole, never one that was typed to its last digit', () => {
    assert.equal(arrivedWhole('', '123 456', 6), true);
    assert.equal(arrivedWhole('1', '123456', 6), true);
    assert.equal(arrivedWhole('12345', '123456', 6), false);
    assert.equal(arrivedWhole('', '12345', 6), false);
    assert.equal(arrivedWhole('', '12345a', 6), false);
  });
});

describe('the way back after signing in', () => {
  it('leads only to a page of this site', () => {
    assert.equal(returnPath('/pay?account=1&sum=5'), '/pay?account=1&sum=5');
    for (const bad of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'pay',
      '',
      undefined,
    ]) {
      assert.equal(returnPath(bad), '/');
    }
    assert.equal(returnPath('/sign-in/code'), '/');
  });
});
