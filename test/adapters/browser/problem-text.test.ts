import assert from 'node:assert/strict';
import { NoAnswer, problemFrom } from '../../../src/adapters/browser/api/problem.ts';
import { problemText } from '../../../src/adapters/browser/api/problem-text.ts';
import { paths, pathWith } from '../../../src/adapters/browser/api/paths.ts';
import { staffPaths } from '../../../src/adapters/browser/api/staff-paths.ts';
import { problemTypePrefix } from '../../../src/adapters/http/contract/problem-json.ts';
import { routes } from '../../../src/adapters/http/contract/routes.ts';

describe('the text of a problem', () => {
  it('hangs on its type and is filled with its numbers', () => {
    const type = `${problemTypePrefix}code-wrong`;
    const problem = problemFrom(422, { type, title: 'wrong', status: 422, attemptsLeft: 3 });

    const { id, values } = problemText(problem);

    assert.equal(id, 'problem.code-wrong');
    assert.equal(values['attemptsLeft'], 3);
  });

  it('is found by status when something on the way answered in its own words', () => {
    const text = (status: number) => problemText(problemFrom(status, undefined)).id;

    assert.equal(text(401), 'problem.not-signed-in');
    assert.equal(text(403), 'problem.not-found');
    assert.equal(text(429), 'problem.too-busy');
    assert.equal(text(502), 'problem.temporarily-unavailable');
    assert.equal(text(500), 'problem.internal');
  });

  it('says so when no answer came, and admits what nobody foresaw', () => {
    assert.equal(problemText(new NoAnswer('/api/me', undefined)).id, 'problem.no-answer');
    assert.equal(problemText(new Error('surprise')).id, 'problem.internal');
  });

  it('rounds a wait up to whole minutes', () => {
    const type = `${problemTypePrefix}too-many-tries`;
    const problem = problemFrom(429, { type, title: '', status: 429, retryAfterSeconds: 61 });

    assert.equal(problemText(problem).values['minutes'], 2);
  });
});

describe('the paths the pages call', () => {
  it('are routes of the contract', () => {
    const known = new Set(Object.values(routes).map(({ path }): string => path));

    assert.deepEqual(
      [...Object.values(paths), ...Object.values(staffPaths)].filter((path) => !known.has(path)),
      [],
    );
  });

  it('are filled and quoted', () => {
    const path = pathWith(paths.operations, { id: 'a/b' }, { q: 'a b', kind: undefined });

    assert.equal(path, '/api/accounts/a%2Fb/operations?q=a+b');
  });
});
