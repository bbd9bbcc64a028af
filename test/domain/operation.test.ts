import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isOperationKind,
  newestFirst,
  operationKinds,
  placeOf,
} from '../../src/domain/operation.ts';
import type { OperationId } from '../../src/domain/ids.ts';
import { instant } from '../../src/domain/time.ts';
import { anyAccount, anyOperation } from '../support/any.ts';

// Few moments and ids, so that equal ones meet.
const anyPlace = fc.record({
  postedAt: fc.nat(3).map((ms) => instant(ms)),
  id: fc.constantFrom('a', 'b', 'c').map((id) => id as OperationId),
});

describe('an operation', () => {
  it('has one place in a history: the order is strict and the same from both sides', () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, anyPlace, (a, b, c) => {
        assert.equal(Math.sign(newestFirst(a, b)), 0 - Math.sign(newestFirst(b, a)));
        assert.equal(newestFirst(a, b) === 0, a.postedAt === b.postedAt && a.id === b.id);
        if (newestFirst(a, b) <= 0 && newestFirst(b, c) <= 0) assert.ok(newestFirst(a, c) <= 0);
        if (a.postedAt > b.postedAt) assert.ok(newestFirst(a, b) < 0);
      }),
    );
  });

  it('is found again by its place', () => {
    fc.assert(
      fc.property(anyAccount.chain(anyOperation), (operation) => {
        assert.equal(newestFirst(placeOf(operation), operation), 0);
      }),
    );
  });

  it('is of a kind of the list', () => {
    assert.ok(operationKinds.every(isOperationKind));
    assert.equal(isOperationKind('gift'), false);
  });
});
