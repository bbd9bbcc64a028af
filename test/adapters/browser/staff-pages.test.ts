import assert from 'node:assert/strict';
import { staffReturn } from '../../../src/adapters/browser/staff/staff-return.ts';

describe('the way back after a staff sign-in', () => {
  it('leads to the page of the desk that was asked for', () => {
    for (const path of ['/staff', '/staff/methods', '/staff/payments/1?x=2']) {
      assert.equal(staffReturn(path), path);
    }
  });

  it('leads nowhere else', () => {
    for (const path of [
      undefined,
      '/',
      '/staffing',
      '//evil.example',
      '/staff/sign-in?to=/staff',
    ]) {
      assert.equal(staffReturn(path), '/staff', path);
    }
  });
});
